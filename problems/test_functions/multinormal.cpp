#include <numbers>
#include <vector>

#include "problems/test_functions/all.hpp"
#include "problems/test_functions/row_function.hpp"
#include "skein/encodings/real_vector_problem.hpp"
#include "skein/math.hpp"
#include "skein/random.hpp"

namespace skein {
namespace {

/// The peaks; each has `dimension` coordinates in `centers`.
struct Landscape {
  std::vector<double> centers;
  std::vector<double> rates;    ///< 1 / (2 s^2)
  std::vector<double> heights;  ///< 1 / (2 pi s^2)
};

/// f(x) = -(sum over 2^n peaks c of exp(-|x - c|^2 / (2 s^2)) / (2 pi s^2)). The first peak, at (5, ..., 5) with
/// s^2 = 0.2, is the highest by far and the others do not reach it: in more than one dimension the minimum is there and
/// is -1 / (0.4 pi) as rounded. In one dimension the other peak adds 1e-12 at most, which moves the minimum by less
/// than the distance of neighbouring numbers.
double multinormal(const void* data, const double* x, std::size_t dimension) noexcept {
  const auto& landscape = *static_cast<const Landscape*>(data);
  const double sum = math::sum8(landscape.heights.size(), [&](std::size_t peak) {
    const double* center = landscape.centers.data() + peak * dimension;
    const double square = math::sum8(dimension, [x, center](std::size_t i) {
      const double difference = x[i] - center[i];
      return difference * difference;
    });
    return landscape.heights[peak] * math::exp(-(landscape.rates[peak] * square));
  });
  return 0.0 - sum;
}

/// One peak near each corner of the cube [5, 15]^n: every coordinate is that of the corner and a random number from
/// [0, 1), and s^2 is a random number from [0.75, 1.25). The first peak is not random, and the last has s^2 = 2.
std::shared_ptr<const void> prepare(std::size_t dimension, std::span<const Value> parameters) {
  RandomKey key;
  key.seed = static_cast<std::uint64_t>(std::get<std::int64_t>(parameters[0].data));
  key.stream = hash_name("multinormal");
  LaneGenerator random(key);

  Landscape landscape;
  const std::size_t count = std::size_t{1} << dimension;
  std::vector<double> draws(dimension + 1);
  for (std::size_t peak = 0; peak < count; ++peak) {
    random.fill_uniform(draws.data(), draws.size());
    const bool is_first = peak == 0;
    for (std::size_t i = 0; i < dimension; ++i) {
      const double corner = (peak >> i & 1) == 0 ? 5.0 : 15.0;
      landscape.centers.push_back(is_first ? corner : corner + draws[i]);
    }
    const double square = is_first ? 0.2 : peak + 1 == count ? 2.0 : 0.75 + 0.5 * draws[dimension];
    landscape.rates.push_back(0.5 / square);
    landscape.heights.push_back(0.5 / square / std::numbers::pi);
  }
  return std::make_shared<const Landscape>(std::move(landscape));
}

RealVectorProblemKind make_kind() {
  ParameterSpec seed;
  seed.name = "seed";
  seed.type = ParameterType::integer;
  seed.summary = "chooses the landscape: the same seed gives the same peaks in every run";
  seed.initial = "0";
  seed.minimum = 0;

  RealVectorProblemKind kind;
  kind.name = "multinormal";
  kind.summary = "a plain with 2^n bell-shaped hollows, one of them deep and narrow";
  kind.source = "a sum of normal densities, made for this collection";
  kind.largest_dimension = 12;
  kind.lower = "0";
  kind.upper = "20";
  kind.best_known_solution = {5.0};
  kind.parameters = {seed};
  kind.tile_function = &row_function<multinormal>;
  kind.prepare = &prepare;
  return kind;
}

}  // namespace

const RealVectorProblemKind& multinormal_problem() {
  static const RealVectorProblemKind kind = make_kind();
  return kind;
}

}  // namespace skein
