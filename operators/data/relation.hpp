// Relations of numbers, for operators that compare.
#pragma once

#include <cstdint>
#include <tuple>

#include "operators/arithmetic/components.hpp"
#include "skein/operator.hpp"

namespace skein {

enum class Relation { less, less_or_equal, equal, not_equal, greater_or_equal, greater };

struct RelationParameter {
  Relation relation = Relation::less;
};

inline constexpr auto relation_parameter =
    std::tuple{parameter("relation", &RelationParameter::relation, "less", "what is asked of `first` and `second`")
                   .choices("less|less_or_equal|equal|not_equal|greater_or_equal|greater")};

/// target(row, e) <- 1 where first(row, e) `relation` second(row, e), otherwise 0.
inline void write_relation(Rows rows, const Out<std::uint8_t>& target, Relation relation, const In<double>& first,
                           const In<double>& second) noexcept {
  const auto write = [&](const In<double>& left, const In<double>& right, auto holds) {
    const auto formula = [holds](double a, double b) { return static_cast<std::uint8_t>(holds(a, b)); };
    components::with_readers([&](auto... reader) { components::write(rows, target, formula, reader...); }, left, right);
  };
  const auto less = [](double a, double b) { return a < b; };
  const auto less_or_equal = [](double a, double b) { return a <= b; };
  switch (relation) {
    case Relation::less:
      return write(first, second, less);
    case Relation::less_or_equal:
      return write(first, second, less_or_equal);
    case Relation::equal:
      return write(first, second, [](double a, double b) { return a == b; });
    case Relation::not_equal:
      return write(first, second, [](double a, double b) { return a != b; });
    case Relation::greater_or_equal:
      return write(second, first, less_or_equal);
    case Relation::greater:
      return write(second, first, less);
  }
}

}  // namespace skein
