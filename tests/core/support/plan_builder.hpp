// Hand-built plans for tests of the engine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plan/plan.hpp"
#include "skein/operator.hpp"

namespace skein::test {

/// Port bindings by port name; ports that are left out stay unbound.
using Ports = std::vector<std::pair<std::string_view, PlanBinding>>;

/// Parameter values by name; the others have their defaults, numbers only.
using Parameters = std::vector<std::pair<std::string_view, Value>>;

[[nodiscard]] inline PlanBinding variable(std::size_t index) { return PlanBinding::to_variable(index); }
[[nodiscard]] inline PlanBinding population(std::size_t index) { return PlanBinding::to_population(index); }
[[nodiscard]] PlanBinding group(std::vector<PlanBinding> members);
[[nodiscard]] PlanBinding scratch(std::size_t width);
/// A variable, or a population, of every frame of child number `child`.
[[nodiscard]] PlanBinding of_children(std::size_t child, std::size_t index, bool is_population = false);

/// What child number `child` evaluates, for a callable port.
[[nodiscard]] PlanBinding callable_child(std::size_t child);

class PlanBuilder {
 public:
  explicit PlanBuilder(std::size_t dimension);

  std::size_t population(std::string name, std::size_t rows, std::size_t capacity = 0);
  /// A column named "population.name", or a global when `population` is no_population.
  std::size_t column(std::size_t population, std::string name, std::vector<Part> parts,
                     std::vector<double> initial = {0.0});
  std::size_t global(std::string name, Element element, double initial = 0.0, std::size_t width = 1);
  std::size_t object(std::string name, ObjectFactory factory, std::size_t population);
  /// An external variable, for a link.
  std::size_t external(std::string name, std::vector<Part> parts, std::size_t population = no_population);
  std::size_t child(std::shared_ptr<const Plan> plan, std::size_t count, std::vector<PlanChild::Link> links = {});
  std::size_t child_per_row(std::shared_ptr<const Plan> plan, std::size_t population,
                            std::vector<PlanChild::Link> links);

  /// A plan that an operator calls for the rows of a population.
  std::size_t called_child(std::shared_ptr<const Plan> plan, std::size_t population, std::size_t solution,
                           std::size_t fitness);

  /// Adds a step of the operator. Its streams are named after the path. `population` is not used by step operators.
  template <class Operator>
  PlanStep& step(std::string path, std::size_t population, const Ports& ports, const Parameters& parameters = {}) {
    return add_step(operator_table<Operator>(), std::move(path), population, ports, parameters);
  }
  /// A step of an evaluator, with the port that takes the fitness.
  template <class Operator>
  PlanStep& evaluator(std::string path, std::size_t population, const Ports& ports, const Parameters& parameters = {}) {
    return as_evaluator(step<Operator>(std::move(path), population, ports, parameters));
  }
  /// `target` = expression over globals, which it calls by their names.
  void compute(std::string path, std::string_view expression, std::size_t target);
  /// Enters the frames of a child.
  PlanStep& enter(std::string path, std::size_t child, bool parallel = false);

  /// The number that the next step has: a place to jump to.
  [[nodiscard]] std::size_t next_step() const { return plan_->steps.size(); }
  void jump(std::size_t destination);
  /// Goes back to `destination` while the boolean global is false.
  void repeat_until(std::size_t boolean, std::size_t destination);
  /// Repeats the steps since `first` until `counter`, a new global, has reached `passes`.
  void repeat(std::size_t first, std::size_t passes);

  [[nodiscard]] Plan& plan() { return *plan_; }
  /// The plan, with its pipelines.
  [[nodiscard]] std::shared_ptr<const Plan> build();

 private:
  PlanStep& add_step(const OperatorTable& table, std::string path, std::size_t population, const Ports& ports,
                     const Parameters& parameters);
  PlanStep& as_evaluator(PlanStep& step);
  std::size_t stream(const std::string& name);

  std::shared_ptr<Plan> plan_;
};

[[nodiscard]] inline Part real_part(std::size_t width = 1) { return {Element::real, width, no_population}; }
[[nodiscard]] inline Part index_part(std::size_t population, std::size_t width = 1) {
  return {Element::index, width, population};
}

}  // namespace skein::test
