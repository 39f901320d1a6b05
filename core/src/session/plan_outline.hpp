// What a checkpoint says of its plan, so that a refusal can say what is another one.
#pragma once

#include <optional>
#include <string>

#include "plan/plan.hpp"
#include "session/value_difference.hpp"
#include "skein/session.hpp"
#include "skein/value.hpp"

namespace skein {

/// A list of texts, three for each entry: the problem of the document with a hash; populations with their rows; steps,
/// also of plans below, with operator, revision, and a hash of the parameters.
[[nodiscard]] Value outline_of(const Plan& plan);

/// "node 'main loop/move': `inertia_weight` revision 1 in the checkpoint, revision 2 here"; empty when nothing differs.
[[nodiscard]] std::string outline_difference(const Value& then, const Value& now);

/// What the problem of a job says of itself: its dimension, the names and senses of its objectives, its best known
/// value, a hash of what it publishes, and one of every file that its parameters name.
[[nodiscard]] Value problem_outline(const Job& job);

/// The first difference between two outlines of problems. Files that were written before objectives had names hold
/// their number, which is then all that is compared of them.
[[nodiscard]] std::optional<ValueDifference> problem_difference(const Value& then, const Value& now);

}  // namespace skein
