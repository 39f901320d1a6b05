// Every operator of the encoding, one line each.
#pragma once

namespace skein {

struct OperatorTable;

const OperatorTable& uniform_creator_operator();
const OperatorTable& inertia_weight_operator();

}  // namespace skein
