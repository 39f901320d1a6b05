#include "transform/transform.hpp"
#include "transform/wrapped_evaluator.hpp"

namespace skein::transform {
namespace {

/// (violation, f) <- (0, f + factor * violation), for every objective f as it is minimized.
class Penalty : public FitnessMap {
 public:
  explicit Penalty(double factor) : factor_(factor) {}

  void change(const InOut<double>& fitness, Rows rows, const RowContext&, std::size_t) const noexcept override {
    for (std::size_t row = rows.first; row < rows.last; ++row) {
      double* elements = fitness.row(row);
      const double penalty = factor_ * elements[0];
      for (std::size_t i = 1; i < fitness.width(); ++i) elements[i] += penalty;
      elements[0] = 0.0;
    }
  }

 private:
  double factor_;
};

/// The static penalty in place of Deb's feasibility rules: what breaks constraints is feasible, and worse by
/// factor * violation. The best known value and solution stay; with a small factor there may be better ones that break
/// constraints.
std::shared_ptr<const Problem> make(const Given& given) {
  auto problem = std::make_shared<Problem>(given.problem);
  problem->evaluator =
      wrapped_evaluator(given.problem.evaluator, std::make_unique<Penalty>(given.parameters[0].number()));
  return problem;
}

}  // namespace

const Transform& penalty() {
  static const ParameterSpec factor = [] {
    ParameterSpec spec;
    spec.name = "factor";
    spec.summary = "what a violation of 1 costs, in units of the objective";
    spec.minimum = 0;
    spec.exclusive_minimum = true;
    return spec;
  }();
  static const Transform transform{
      {"penalty", "adds factor * violation to the objective, and calls every solution feasible",
       "Coello Coello, Theoretical and numerical constraint-handling techniques (2002)", std::span(&factor, 1), false},
      &make};
  return transform;
}

}  // namespace skein::transform
