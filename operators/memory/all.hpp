// Every operator that keeps runs within their memory, one line each.
#pragma once

namespace skein {

struct OperatorTable;

const OperatorTable& read_resident_memory_operator();
const OperatorTable& read_counted_memory_operator();
const OperatorTable& configure_memory_operator();
const OperatorTable& check_memory_operator();
const OperatorTable& thin_histories_operator();
const OperatorTable& reduce_archives_operator();
const OperatorTable& release_memory_operator();
const OperatorTable& reduce_batch_operator();
const OperatorTable& reduce_swarm_operator();
const OperatorTable& pause_when_exhausted_operator();
const OperatorTable& track_memory_operator();
const OperatorTable& record_cost_operator();
const OperatorTable& record_position_operator();

}  // namespace skein
