// The plan of a SingleOperator: one population, one step.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "contract/single_operator.hpp"
#include "plan/plan.hpp"
#include "skein/diagnostic.hpp"
#include "skein/operator_table.hpp"
#include "skein/type.hpp"

namespace skein {

/// The population that an operator works on; a second port that is a population gets another one.
inline constexpr std::size_t swarm_index = 0;

/// The size that an axis of a cell gets: `d` is the dimension, a number is itself, any other name is 3.
[[nodiscard]] std::size_t axis_size(std::string_view axis, std::size_t dimension) noexcept;

class SingleOperatorPlan {
 public:
  explicit SingleOperatorPlan(const SingleOperator& source) : source_(source) {}

  /// nullptr when the operator refuses to be prepared; `diagnostics` says why.
  [[nodiscard]] std::shared_ptr<Plan> build(Diagnostics& diagnostics);

 private:
  void add_companion();
  bool prepare(PlanStep& step, Diagnostics& diagnostics) const;
  [[nodiscard]] std::vector<AxisSize> axes() const;
  [[nodiscard]] std::vector<BoundPort> bound_ports(const PlanStep& step) const;
  [[nodiscard]] std::vector<Part> parts(const TypeName& type) const;
  PlanBinding binding(const PortSpec& port);

  const SingleOperator& source_;
  std::shared_ptr<Plan> plan_;
  std::size_t populations_ = 0;
};

}  // namespace skein
