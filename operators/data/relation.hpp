// Relations of numbers, for operators that compare.
#pragma once

#include <tuple>

#include "skein/operator.hpp"

namespace skein {

enum class Relation { less, less_or_equal, equal, not_equal, greater_or_equal, greater };

struct RelationParameter {
  Relation relation = Relation::less;
};

inline constexpr auto relation_parameter =
    std::tuple{parameter("relation", &RelationParameter::relation, "less", "what is asked of `first` and `second`")
                   .choices("less|less_or_equal|equal|not_equal|greater_or_equal|greater")};

}  // namespace skein
