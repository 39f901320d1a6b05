// Every operator of the encoding, one line each.
#pragma once

namespace skein {

struct OperatorTable;

const OperatorTable& random_bits_creator_operator();
const OperatorTable& uniform_velocity_operator();
const OperatorTable& sigmoid_updater_operator();
const OperatorTable& v_shaped_updater_operator();
const OperatorTable& uniform_crossover_operator();
const OperatorTable& one_point_crossover_operator();
const OperatorTable& bit_flip_mutation_operator();

}  // namespace skein
