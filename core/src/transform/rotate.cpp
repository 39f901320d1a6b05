#include <utility>
#include <variant>

#include "transform/moved_problem.hpp"
#include "transform/rotation.hpp"

namespace skein::transform {
namespace {

class Rotate : public PositionMap {
 public:
  explicit Rotate(Rotation rotation) : rotation_(std::move(rotation)) {}

  void move(const In<double>& position, Rows rows, double* moved) const noexcept override {
    rotate_rows(rotation_, position, rows, moved);
  }

 private:
  Rotation rotation_;
};

/// x -> f(c + R (x - c)) with a random orthogonal matrix R, around the best known solution c, or the middle of the
/// bounds where none is known. What was aligned with the coordinates is so no longer.
std::shared_ptr<const Problem> make(const Given& given) {
  const std::size_t dimension = given.problem.dimension;
  if (dimension > largest_rotation) {
    given.report("bad-transform", "The dimension is too large for the transform 'rotate', which needs a matrix.",
                 "at most " + std::to_string(largest_rotation), std::to_string(dimension));
    return nullptr;
  }
  std::vector<double> center = center_of(given);
  if (center.empty()) return nullptr;
  const auto seed = static_cast<std::uint64_t>(std::get<std::int64_t>(given.parameters[0].data));
  Rotation rotation = make_rotation(random_orthogonal_matrix(dimension, seed), std::move(center));
  return moved_problem(given, std::make_unique<Rotate>(std::move(rotation)), given.problem.best_known_solution);
}

}  // namespace

const Transform& rotate() {
  static const ParameterSpec seed = [] {
    ParameterSpec spec;
    spec.name = "seed";
    spec.type = ParameterType::integer;
    spec.summary = "chooses the rotation: the same seed gives the same one in every run";
    spec.minimum = 0;
    return spec;
  }();
  static const Transform transform{
      {"rotate", "turns the coordinates around the best solution c, at random: f(c + R (x - c))",
       "Stewart, The efficient generation of random orthogonal matrices (1980)", std::span(&seed, 1), true},
      &make};
  return transform;
}

}  // namespace skein::transform
