// Every operator of the encoding, one line each.
#pragma once

namespace skein {

struct OperatorTable;

const OperatorTable& uniform_creator_operator();
const OperatorTable& zero_velocity_operator();
const OperatorTable& spso_2007_velocity_operator();
const OperatorTable& spso_2011_velocity_operator();
const OperatorTable& inertia_weight_operator();
const OperatorTable& spso_2007_updater_operator();
const OperatorTable& spso_2011_updater_operator();

}  // namespace skein
