// Every problem of the family, one line each.
#pragma once

namespace skein {

struct SeveralObjectives;

const SeveralObjectives& zdt1_problem();
const SeveralObjectives& zdt2_problem();
const SeveralObjectives& zdt3_problem();
const SeveralObjectives& zdt4_problem();
const SeveralObjectives& zdt6_problem();

}  // namespace skein
