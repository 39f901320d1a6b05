// Every operator of the encoding, one line each.
#pragma once

namespace skein {

struct OperatorTable;

const OperatorTable& order_crossover_operator();
const OperatorTable& swap_mutation_operator();
const OperatorTable& inversion_mutation_operator();

}  // namespace skein
