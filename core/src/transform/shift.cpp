#include <algorithm>
#include <cmath>
#include <utility>
#include <variant>

#include "skein/json.hpp"
#include "skein/random.hpp"
#include "transform/moved_problem.hpp"

namespace skein::transform {
namespace {

class Shift : public PositionMap {
 public:
  explicit Shift(std::vector<double> by) : by_(std::move(by)) {}

  void move(const In<double>& position, Rows rows, double* moved) const noexcept override {
    const std::size_t width = by_.size();
    const double* by = by_.data();
    for (std::size_t row = rows.first; row < rows.last; ++row, moved += width) {
      const double* x = position.row(row);
      for (std::size_t j = 0; j < width; ++j) moved[j] = x[j] - by[j];
    }
  }

 private:
  std::vector<double> by_;
};

/// From where the best solution lies to a place that is drawn: lower + (0.1 + 0.8 u) (upper - lower) for a uniform u.
std::vector<double> drawn(const Given& given, std::uint64_t seed) {
  const std::vector<double> center = center_of(given);
  const std::vector<double> lower = published(given.problem, "lower");
  const std::vector<double> upper = published(given.problem, "upper");
  if (center.empty()) return {};
  if (lower.empty() || upper.empty()) {
    given.report("transform-not-possible",
                 "Problem '" + given.problem.name + "' publishes no bounds that a shift could be drawn from.",
                 "the shift as a list of numbers", "a seed");
    return {};
  }
  RandomKey key;
  key.seed = seed;
  key.stream = hash_name("shift");
  std::vector<double> by(center.size());
  LaneGenerator(key).fill_uniform(by.data(), by.size());
  for (std::size_t i = 0; i < by.size(); ++i) {
    const double place = lower[i] + (0.1 + 0.8 * by[i]) * (upper[i] - lower[i]);
    by[i] = place - center[i];
  }
  return by;
}

/// What the document gives as a list; empty after errors were reported.
std::vector<double> listed(const Given& given, const List& list) {
  std::vector<double> by;
  for (const Value& value : list) {
    if (value.is_number() && std::isfinite(value.number())) by.push_back(value.number());
  }
  const std::size_t dimension = given.problem.dimension;
  if (by.size() == list.size() && by.size() == dimension) return by;
  if (by.size() != list.size()) {
    given.report("bad-transform", "A shift is a list of finite numbers.", "finite numbers", "");
  }
  if (list.size() != dimension) {
    given.report("bad-transform", "The shift has the wrong number of coordinates.",
                 std::to_string(dimension) + " numbers", std::to_string(list.size()));
  }
  return {};
}

/// x -> f(x - by). `by` is a list with one number per dimension, or a seed: then the best known solution, or the middle
/// of the bounds where none is known, comes to lie anywhere in the middle 80 % of the bounds with equal probability.
std::shared_ptr<const Problem> make(const Given& given) {
  const Value& value = given.parameters[0];
  const auto* seed = std::get_if<std::int64_t>(&value.data);
  if (!value.is_list() && (seed == nullptr || *seed < 0)) {
    given.report("bad-transform", "A shift is a seed or a list with one number per dimension.",
                 "an integer of at least 0 or a list of numbers", write_json(value, JsonLayout::one_line));
    return nullptr;
  }
  std::vector<double> by =
      value.is_list() ? listed(given, value.list()) : drawn(given, static_cast<std::uint64_t>(*seed));
  if (by.empty()) return nullptr;
  std::vector<double> best = given.problem.best_known_solution;
  for (std::size_t i = 0; i < best.size(); ++i) best[i] += by[i];
  return moved_problem(given, std::make_unique<Shift>(std::move(by)), std::move(best));
}

}  // namespace

const Transform& shift() {
  static const ParameterSpec by = [] {
    ParameterSpec spec;
    spec.name = "by";
    spec.type = ParameterType::any;
    spec.summary = "a seed, or a list with what is added to each coordinate of the best solution";
    return spec;
  }();
  static const Transform transform{
      {"shift", "moves the best solution to another place: f(x - by)", "", std::span(&by, 1), true}, &make};
  return transform;
}

}  // namespace skein::transform
