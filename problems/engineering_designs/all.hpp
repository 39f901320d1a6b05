// Every engineering design, one line each.
#pragma once

namespace skein {

struct RealVectorProblemKind;

const RealVectorProblemKind& pressure_vessel_problem();
const RealVectorProblemKind& speed_reducer_problem();
const RealVectorProblemKind& tension_spring_problem();
const RealVectorProblemKind& three_bar_truss_problem();
const RealVectorProblemKind& welded_beam_problem();

}  // namespace skein
