#include <utility>

#include "transform/moved_problem.hpp"

namespace skein::transform {
namespace {

class Scale : public PositionMap {
 public:
  Scale(std::vector<double> center, std::vector<double> factor)
      : center_(std::move(center)), factor_(std::move(factor)) {}

  void move(const In<double>& position, Rows rows, double* moved) const noexcept override {
    const std::size_t width = center_.size();
    const double* center = center_.data();
    const double* factor = factor_.data();
    for (std::size_t row = rows.first; row < rows.last; ++row, moved += width) {
      const double* x = position.row(row);
      for (std::size_t j = 0; j < width; ++j) moved[j] = center[j] + factor[j] * (x[j] - center[j]);
    }
  }

 private:
  std::vector<double> center_;
  std::vector<double> factor_;
};

/// x -> f(c + factor (x - c)), coordinate by coordinate, around the best known solution c, or the middle of the bounds
/// where none is known. With one factor per dimension the problem is badly conditioned as one likes.
std::shared_ptr<const Problem> make(const Given& given) {
  const Value& value = given.parameters[0];
  const std::size_t dimension = given.problem.dimension;
  std::vector<double> factor;
  if (value.is_number()) {
    factor.assign(dimension, value.number());
  } else {
    for (const Value& number : value.list()) factor.push_back(number.number());
  }
  if (factor.size() != dimension) {
    given.report("bad-transform", "The transform 'scale' has the wrong number of factors.",
                 "1 number or " + std::to_string(dimension) + " numbers", std::to_string(factor.size()));
    return nullptr;
  }
  std::vector<double> center = center_of(given);
  if (center.empty()) return nullptr;
  return moved_problem(given, std::make_unique<Scale>(std::move(center), std::move(factor)),
                       given.problem.best_known_solution);
}

}  // namespace

const Transform& scale() {
  static const ParameterSpec factor = [] {
    ParameterSpec spec;
    spec.name = "factor";
    spec.type = ParameterType::reals;
    spec.summary = "how much faster the function changes: a number for all dimensions or a list with one each";
    spec.minimum = 0;
    spec.exclusive_minimum = true;
    return spec;
  }();
  static const Transform transform{
      {"scale", "stretches the coordinates around the best solution c: f(c + factor (x - c))", "",
       std::span(&factor, 1), true},
      &make};
  return transform;
}

}  // namespace skein::transform
