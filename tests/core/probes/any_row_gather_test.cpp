// Probe: a fully informed swarm. Every row reads the personal bests of any other rows.
#include <doctest/doctest.h>

#include <limits>

#include "state/frame.hpp"
#include "tests/core/support/plan_builder.hpp"
#include "tests/core/support/run_checks.hpp"
#include "tests/core/support/test_operators.hpp"

namespace skein::test {
namespace {

constexpr std::size_t dimension = 50;
constexpr std::size_t informant_count = 3;
constexpr std::size_t swarm_size = 137;
constexpr std::size_t passes = 7;
constexpr double infinity = std::numeric_limits<double>::infinity();

/// velocity <- 0.7 velocity + the mean of u (best - position) over the informants; then position += velocity.
struct MoveInformed {
  static constexpr std::string_view name = "move_informed";
  static constexpr std::string_view summary = "moves towards all informants";
  static constexpr std::array streams = {StreamSpec{"pull", "strength of each pull"}};
  struct Ports {
    InOut<double> position, velocity;
    In<double> best;
    In<std::uint32_t> informants;
    Scratch<double> pulls;
  };
  static constexpr auto ports = std::tuple{
      inout("position", &Ports::position, "real[n,d]", ""), inout("velocity", &Ports::velocity, "real[n,d]", ""),
      in("best", &Ports::best, "real[n,d]", "").any(), in("informants", &Ports::informants, "index<n>[n,k]", ""),
      scratch("pulls", &Ports::pulls, "real[n,d]", "")};
  static void run(const Ports& io, RowContext& context) noexcept {
    const Rows rows = context.rows();
    const std::size_t width = io.position.width();
    for (std::size_t row = rows.first; row < rows.last; ++row) {
      double* const pulls = io.pulls.data + (row - rows.first) * width;
      for (std::size_t i = 0; i < width; ++i) io.velocity(row, i) *= 0.7;
      for (std::size_t k = 0; k < io.informants.width(); ++k) {
        context.random(0).fill_uniform(pulls, width);
        const double* const best = io.best.row(io.informants(row, k));
        for (std::size_t i = 0; i < width; ++i) {
          const double difference = best[i] - io.position(row, i);
          io.velocity(row, i) += pulls[i] * difference / 3.0;
        }
      }
      for (std::size_t i = 0; i < width; ++i) io.position(row, i) += io.velocity(row, i);
    }
  }
};

/// informants of row i: i, 2 i + 1 and 5 i + 3, modulo n.
std::uint32_t informant(std::size_t row, std::size_t k) {
  return static_cast<std::uint32_t>((k == 0 ? row : k == 1 ? 2 * row + 1 : 5 * row + 3) % swarm_size);
}

struct SetInformants {
  static constexpr std::string_view name = "set_informants";
  static constexpr std::string_view summary = "a fixed topology";
  struct Ports {
    Out<std::uint32_t> informants;
  };
  static constexpr auto ports = std::tuple{out("informants", &Ports::informants, "index<n>[n,k]", "")};
  static void run(const Ports& io, RowContext& context) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      for (std::size_t k = 0; k < informant_count; ++k) io.informants(row, k) = informant(row, k);
    }
  }
};

std::shared_ptr<const Plan> fully_informed_swarm() {
  PlanBuilder builder(dimension);
  const std::size_t swarm = builder.population("swarm", swarm_size);
  const auto position = variable(builder.column(swarm, "position", {real_part(dimension)}));
  const auto velocity = variable(builder.column(swarm, "velocity", {real_part(dimension)}));
  const auto fitness = variable(builder.column(swarm, "fitness", {real_part(2)}));
  const auto best = variable(builder.column(swarm, "best", {real_part(dimension)}));
  const auto best_fitness = variable(builder.column(swarm, "best_fitness", {real_part(2)}, {infinity}));
  const auto informants = variable(builder.column(swarm, "informants", {index_part(swarm, informant_count)}));
  builder.step<FillUniform>("create", swarm, {{"value", position}});
  builder.step<SetInformants>("topology", swarm, {{"informants", informants}});
  const std::size_t loop = builder.next_step();
  builder.evaluator<Sphere>("evaluate", swarm, {{"position", position}, {"fitness", fitness}});
  builder.step<Remember>(
      "remember", swarm,
      {{"position", position}, {"fitness", fitness}, {"best", best}, {"best_fitness", best_fitness}});
  builder.step<MoveInformed>("move", swarm,
                             {{"position", position},
                              {"velocity", velocity},
                              {"best", best},
                              {"informants", informants},
                              {"pulls", scratch(dimension)}});
  builder.repeat(loop, passes);
  return builder.build();
}

/// The same in plain loops.
std::vector<double> expected_positions(std::uint64_t seed) {
  const std::size_t group_rows = rows_per_group(dimension);
  using Matrix = std::vector<std::vector<double>>;
  Matrix position(swarm_size, std::vector<double>(dimension));
  Matrix velocity = position;
  Matrix best = position;
  std::vector<double> best_value(swarm_size, infinity);
  std::vector<double> pulls(dimension);
  const auto key = [&](std::string_view stream, std::size_t visit, std::size_t row) {
    return RandomKey{seed, root_path_hash(), hash_name(stream), visit, row / group_rows};
  };
  LaneGenerator generator(key("create", 0, 0));
  for (std::size_t row = 0; row < swarm_size; ++row) {
    if (row % group_rows == 0) generator = LaneGenerator(key("create", 0, row));
    generator.fill_uniform(position[row].data(), dimension);
  }
  for (std::size_t pass = 0; pass < passes; ++pass) {
    for (std::size_t row = 0; row < swarm_size; ++row) {
      const double value = sphere(position[row].data(), dimension);
      if (value < best_value[row]) {
        best_value[row] = value;
        best[row] = position[row];
      }
    }
    for (std::size_t row = 0; row < swarm_size; ++row) {
      if (row % group_rows == 0) generator = LaneGenerator(key("move/pull", pass, row));
      for (double& number : velocity[row]) number *= 0.7;
      for (std::size_t k = 0; k < informant_count; ++k) {
        generator.fill_uniform(pulls.data(), dimension);
        for (std::size_t i = 0; i < dimension; ++i) {
          velocity[row][i] += pulls[i] * (best[informant(row, k)][i] - position[row][i]) / 3.0;
        }
      }
      for (std::size_t i = 0; i < dimension; ++i) position[row][i] += velocity[row][i];
    }
  }
  std::vector<double> all;
  for (const auto& row : position) all.insert(all.end(), row.begin(), row.end());
  return all;
}

TEST_CASE("probe: rows gather from any row") {
  const auto plan = fully_informed_swarm();
  RunOptions options;
  options.seed = 42;
  check_same_bits(plan, options);
  check_reals(plan, "swarm.position", expected_positions(42), options);

  Run run(plan, options);
  CHECK(run.advance() == RunState::finished);
  CHECK(run.evaluations() == swarm_size * passes);
  CHECK(run.stop_reason() == StopReason::completed);
  CHECK(run.wall_seconds() > 0.0);
}

}  // namespace
}  // namespace skein::test
