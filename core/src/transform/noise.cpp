#include <array>
#include <utility>
#include <variant>

#include "skein/random.hpp"
#include "transform/transform.hpp"
#include "transform/wrapped_evaluator.hpp"

namespace skein::transform {
namespace {

/// f <- f + sigma z, or f (1 + sigma z), for every objective of a row, with a standard normal z of its own.
class Noise : public FitnessMap {
 public:
  Noise(double sigma, bool multiplies, std::uint64_t seed) : sigma_(sigma), multiplies_(multiplies), seed_(seed) {}

  void change(const InOut<double>& fitness, Rows rows, const RowContext& context,
              std::size_t stream) const noexcept override {
    for (std::size_t row = rows.first; row < rows.last; ++row) {
      LaneGenerator generator = of_row(context, stream, row);
      double* elements = fitness.row(row);
      for (std::size_t i = 1; i < fitness.width(); ++i) {
        double z = 0.0;
        generator.fill_normal(&z, 1);
        elements[i] = multiplies_ ? elements[i] * (1.0 + sigma_ * z) : elements[i] + sigma_ * z;
      }
    }
  }

 private:
  [[nodiscard]] LaneGenerator of_row(const RowContext& context, std::size_t stream, std::size_t row) const noexcept {
    LaneGenerator generator = context.row_random(stream, row);
    if (seed_ == 0) return generator;
    RandomKey key;
    key.seed = seed_;
    generator.fill_bits(&key.stream, 1);
    return LaneGenerator(key);
  }

  double sigma_;
  bool multiplies_;
  std::uint64_t seed_;
};

/// Normal noise that is drawn anew at every evaluation, from the seed of the run: the same for any number of threads.
/// The best known value and solution stay: they are those of the expected value.
std::shared_ptr<const Problem> make(const Given& given) {
  auto problem = std::make_shared<Problem>(given.problem);
  const bool multiplies = given.parameters[1].text() == "multiplicative";
  const auto seed = static_cast<std::uint64_t>(std::get<std::int64_t>(given.parameters[2].data));
  problem->evaluator = wrapped_evaluator(
      given.problem.evaluator, std::make_unique<Noise>(given.parameters[0].number(), multiplies, seed), "noise");
  return problem;
}

}  // namespace

const Transform& noise() {
  static const std::array parameters = [] {
    ParameterSpec sigma;
    sigma.name = "sigma";
    sigma.summary = "standard deviation of the noise; of a multiplicative one, as a part of the value";
    sigma.minimum = 0;
    ParameterSpec kind;
    kind.name = "kind";
    kind.type = ParameterType::choice;
    kind.choices = "additive|multiplicative";
    kind.initial = "additive";
    kind.summary = "f + sigma z or f (1 + sigma z), with a standard normal z";
    ParameterSpec seed;
    seed.name = "seed";
    seed.type = ParameterType::integer;
    seed.initial = "0";
    seed.minimum = 0;
    seed.summary = "another one draws other noise in a run with the same seed";
    return std::array{sigma, kind, seed};
  }();
  static const Transform transform{
      {"noise", "adds a normal random number to the objective at every evaluation", "", parameters, false}, &make};
  return transform;
}

}  // namespace skein::transform
