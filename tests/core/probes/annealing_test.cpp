// Probe: simulated annealing, a population of one row.
#include <doctest/doctest.h>

#include <cmath>

#include "state/frame.hpp"
#include "tests/core/support/plan_builder.hpp"
#include "tests/core/support/run_checks.hpp"
#include "tests/core/support/test_operators.hpp"

namespace skein::test {
namespace {

constexpr std::size_t dimension = 5;
constexpr std::size_t passes = 200;

struct Propose {
  static constexpr std::string_view name = "propose";
  static constexpr std::string_view summary = "a neighbour of the current point";
  static constexpr std::array streams = {StreamSpec{"", "the step"}};
  struct Parameters {
    double reach = 0.1;
  };
  static constexpr auto parameters = std::tuple{parameter("reach", &Parameters::reach, "0.1", "longest step")};
  struct Ports {
    In<double> current;
    Out<double> proposal;
  };
  static constexpr auto ports =
      std::tuple{in("current", &Ports::current, "real[n,d]", ""), out("proposal", &Ports::proposal, "real[n,d]", "")};
  static void run(const Ports& io, const Parameters& p, RowContext& context) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      context.random(0).fill_uniform(io.proposal.row(row), io.proposal.width());
      for (std::size_t i = 0; i < io.proposal.width(); ++i) {
        io.proposal(row, i) = io.current(row, i) + p.reach * (2.0 * io.proposal(row, i) - 1.0);
      }
    }
  }
};

/// Takes the proposal when it is not worse, or by chance when it is little worse; counts what it took.
struct Accept {
  static constexpr std::string_view name = "accept";
  static constexpr std::string_view summary = "the Metropolis rule, without exponentials";
  static constexpr std::array streams = {StreamSpec{"", "chance"}};
  struct Ports {
    In<double> proposal, proposal_fitness, temperature;
    InOut<double> current, current_fitness, taken;
  };
  static constexpr auto ports = std::tuple{in("proposal", &Ports::proposal, "real[n,d]", ""),
                                           in("proposal_fitness", &Ports::proposal_fitness, "fitness[n]", ""),
                                           in("temperature", &Ports::temperature, "real", ""),
                                           inout("current", &Ports::current, "real[n,d]", ""),
                                           inout("current_fitness", &Ports::current_fitness, "fitness[n]", ""),
                                           hidden("taken", &Ports::taken, "real[n]", "")};
  static void run(const Ports& io, RowContext& context) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      double chance = 0.0;
      context.random(0).fill_uniform(&chance, 1);
      const double loss = io.proposal_fitness(row, 1) - io.current_fitness(row, 1);
      if (loss > chance * io.temperature.value()) continue;
      for (std::size_t i = 0; i < io.current.width(); ++i) io.current(row, i) = io.proposal(row, i);
      for (std::size_t i = 0; i < 2; ++i) io.current_fitness(row, i) = io.proposal_fitness(row, i);
      io.taken(row, 0) += 1.0;
    }
  }
};

std::shared_ptr<const Plan> annealing() {
  PlanBuilder builder(dimension);
  const std::size_t point = builder.population("point", 1);
  const auto current = variable(builder.column(point, "current", {real_part(dimension)}, {1.0}));
  const auto current_fitness = variable(builder.column(point, "current_fitness", {real_part(2)}));
  const auto proposal = variable(builder.column(point, "proposal", {real_part(dimension)}));
  const auto proposal_fitness = variable(builder.column(point, "proposal_fitness", {real_part(2)}));
  const std::size_t temperature = builder.global("temperature", Element::real, 0.5);
  const auto taken = variable(builder.column(point, "accept/taken", {real_part()}));
  builder.evaluator<Sphere>("start", point, {{"position", current}, {"fitness", current_fitness}});
  const std::size_t loop = builder.next_step();
  builder.step<Propose>("propose", point, {{"current", current}, {"proposal", proposal}}, {{"reach", 0.25}});
  builder.evaluator<Sphere>("evaluate", point, {{"position", proposal}, {"fitness", proposal_fitness}});
  builder.step<Accept>("accept", point,
                       {{"proposal", proposal},
                        {"proposal_fitness", proposal_fitness},
                        {"temperature", variable(temperature)},
                        {"current", current},
                        {"current_fitness", current_fitness},
                        {"taken", taken}});
  builder.compute("cool", "0.97 * temperature", temperature);
  builder.repeat(loop, passes);
  return builder.build();
}

std::vector<double> expected_point(std::uint64_t seed) {
  std::vector<double> current(dimension, 1.0);
  std::vector<double> proposal(dimension);
  double value = sphere(current.data(), dimension);
  double temperature = 0.5;
  for (std::size_t pass = 0; pass < passes; ++pass) {
    LaneGenerator steps({seed, root_path_hash(), hash_name("propose"), pass, 0});
    steps.fill_uniform(proposal.data(), dimension);
    for (std::size_t i = 0; i < dimension; ++i) proposal[i] = current[i] + 0.25 * (2.0 * proposal[i] - 1.0);
    const double proposed = sphere(proposal.data(), dimension);
    LaneGenerator chances({seed, root_path_hash(), hash_name("accept"), pass, 0});
    double chance = 0.0;
    chances.fill_uniform(&chance, 1);
    if (proposed - value <= chance * temperature) {
      current = proposal;
      value = proposed;
    }
    temperature *= 0.97;
  }
  return current;
}

TEST_CASE("probe: annealing of one row") {
  const auto plan = annealing();
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    RunOptions options;
    options.seed = seed;
    check_same_bits(plan, options);
    check_reals(plan, "point.current", expected_point(seed), options);
  }
  Run run(plan, {});
  run.advance();
  CHECK(run.evaluations() == passes + 1);
}

TEST_CASE("probe: two consecutive runs of one plan are the same, also step by step") {
  const auto plan = annealing();
  Run first(plan, {});
  Run second(plan, {});
  first.advance();
  while (second.advance(Advance::one_step) == RunState::ready) {
  }
  CHECK(state_hash(first) == state_hash(second));
}

}  // namespace
}  // namespace skein::test
