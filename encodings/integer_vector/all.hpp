// Every operator of the encoding, one line each.
#pragma once

namespace skein {

struct OperatorTable;

const OperatorTable& uniform_integer_creator_operator();
const OperatorTable& round_to_integer_operator();
const OperatorTable& round_stochastically_operator();

}  // namespace skein
