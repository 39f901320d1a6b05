// Which steps of a plan share a pipeline.
#pragma once

#include "plan/plan.hpp"

namespace skein {

/// Finds the plan's pipelines, from its steps as they are: each is as long as the rules allow, from the first step on.
///
/// A step shares the pipeline of the step before it unless
/// - it is no row or reducing step over the same population, or a jump leads to it;
/// - the step before it can fail or is a reducing one: its result is complete only when all rows are done;
/// - one of the two is not thread-safe, has rows of child frames as a port, or draws from a stream of the other;
/// - a column that one of them writes is read by the other with the access `any` or `whole`, in either order: strips
///   would mix old and new rows.
/// Child plans are left alone. Cost: O(ports of a pipeline) for every port.
void form_pipelines(Plan& plan);

}  // namespace skein
