// Every operator of this layer, one line each.
#pragma once

namespace skein {

class Registry;
struct OperatorTable;

const OperatorTable& scalar_multiply_operator();
const OperatorTable& vector_add_operator();
const OperatorTable& vector_subtract_operator();
const OperatorTable& multiply_operator();
const OperatorTable& clamp_operator();

const OperatorTable& uniform_random_vector_operator();

const OperatorTable& copy_operator();
const OperatorTable& increment_operator();
const OperatorTable& gather_operator();
const OperatorTable& select_better_operator();
const OperatorTable& swap_populations_operator();
const OperatorTable& resize_population_operator();

const OperatorTable& remember_bests_operator();
const OperatorTable& inform_neighbors_operator();
const OperatorTable& fully_connected_operator();
const OperatorTable& ring_operator();

const OperatorTable& stop_at_limits_operator();

void register_roles(Registry& registry);

}  // namespace skein
