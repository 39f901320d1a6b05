// Probe: parents and offspring. A step operator exchanges the populations and cuts them to size.
#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>

#include "state/frame.hpp"
#include "tests/core/support/plan_builder.hpp"
#include "tests/core/support/run_checks.hpp"
#include "tests/core/support/test_operators.hpp"

namespace skein::test {
namespace {

constexpr std::size_t dimension = 600;  // row groups of 2 rows
constexpr std::size_t parent_count = 5;
constexpr std::size_t offspring_count = 9;
constexpr std::size_t generations = 6;

/// Offspring row i <- parent i modulo the number of parents, plus uniform numbers in [-0.5, 0.5).
struct Mutate {
  static constexpr std::string_view name = "mutate";
  static constexpr std::string_view summary = "varies parents";
  static constexpr std::array streams = {StreamSpec{"", "the change"}};
  struct Ports {
    In<double> parents;
    Out<double> position;
  };
  static constexpr auto ports = std::tuple{in("parents", &Ports::parents, "real[m,d]", "").any(),
                                           out("position", &Ports::position, "real[n,d]", "")};
  static void run(const Ports& io, RowContext& context) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      const double* const parent = io.parents.row(row % io.parents.rows());
      double* const position = io.position.row(row);
      context.random(0).fill_uniform(position, io.position.width());
      for (std::size_t i = 0; i < io.position.width(); ++i) position[i] += parent[i] - 0.5;
    }
  }
};

/// The best rows in the order of their fitness.
std::vector<std::uint32_t> best_rows(const std::vector<double>& values, std::size_t count) {
  std::vector<std::uint32_t> rows(values.size());
  std::iota(rows.begin(), rows.end(), 0U);
  std::ranges::stable_sort(rows, {}, [&](std::uint32_t row) { return values[row]; });
  rows.resize(count);
  return rows;
}

/// The best offspring become the parents.
struct Replace {
  static constexpr std::string_view name = "replace";
  static constexpr std::string_view summary = "comma selection";
  struct Ports {
    InFitness fitness;
    InOutPopulation parents, offspring;
  };
  static constexpr auto ports = std::tuple{in("fitness", &Ports::fitness, "fitness[n]", "of the offspring"),
                                           inout("parents", &Ports::parents, "population", ""),
                                           inout("offspring", &Ports::offspring, "population", "")};
  static void run(const Ports& io, StepContext& context) {
    std::vector<double> values;
    for (std::size_t row = 0; row < io.offspring.view.rows; ++row) values.push_back(io.fitness[row].objective());
    std::vector<std::uint32_t> fresh(io.offspring.view.rows, no_row);
    context.swap(io.parents, io.offspring);
    context.resize(io.parents, best_rows(values, io.parents.view.rows));
    context.resize(io.offspring, fresh);
  }
};

struct SwapOnly {
  static constexpr std::string_view name = "swap_only";
  static constexpr std::string_view summary = "exchanges populations";
  struct Ports {
    InOutPopulation first, second;
  };
  static constexpr auto ports =
      std::tuple{inout("first", &Ports::first, "population", ""), inout("second", &Ports::second, "population", "")};
  static void run(const Ports& io, StepContext& context) { context.swap(io.first, io.second); }
};

std::shared_ptr<const Plan> comma_strategy() {
  PlanBuilder builder(dimension);
  const std::size_t parents = builder.population("parents", parent_count);
  const std::size_t offspring = builder.population("offspring", offspring_count);
  const auto parent_position = variable(builder.column(parents, "position", {real_part(dimension)}));
  builder.column(parents, "fitness", {real_part(2)});
  const auto position = variable(builder.column(offspring, "position", {real_part(dimension)}));
  const auto fitness = variable(builder.column(offspring, "fitness", {real_part(2)}));
  builder.column(no_population, "champion", {index_part(parents)}, {2.0});
  builder.step<FillUniform>("create", parents, {{"value", parent_position}});
  const std::size_t loop = builder.next_step();
  builder.step<Mutate>("mutate", offspring, {{"parents", parent_position}, {"position", position}});
  builder.evaluator<Sphere>("evaluate", offspring, {{"position", position}, {"fitness", fitness}});
  builder.step<Replace>("replace", no_population,
                        {{"fitness", fitness}, {"parents", population(parents)}, {"offspring", population(offspring)}});
  builder.repeat(loop, generations);
  return builder.build();
}

std::vector<double> expected_parents(std::uint64_t seed) {
  const std::size_t group_rows = rows_per_group(dimension);
  std::vector<std::vector<double>> parents(parent_count, std::vector<double>(dimension));
  const auto fill = [&](std::vector<std::vector<double>>& rows, std::string_view stream, std::size_t visit) {
    for (std::size_t first = 0; first < rows.size(); first += group_rows) {
      LaneGenerator generator({seed, root_path_hash(), hash_name(stream), visit, first / group_rows});
      for (std::size_t row = first; row < std::min(first + group_rows, rows.size()); ++row) {
        generator.fill_uniform(rows[row].data(), dimension);
      }
    }
  };
  fill(parents, "create", 0);
  for (std::size_t generation = 0; generation < generations; ++generation) {
    std::vector<std::vector<double>> offspring(offspring_count, std::vector<double>(dimension));
    std::vector<double> values;
    fill(offspring, "mutate", generation);
    for (std::size_t row = 0; row < offspring_count; ++row) {
      for (std::size_t i = 0; i < dimension; ++i) offspring[row][i] += parents[row % parent_count][i] - 0.5;
      values.push_back(sphere(offspring[row].data(), dimension));
    }
    const std::vector<std::uint32_t> chosen = best_rows(values, parent_count);
    for (std::size_t row = 0; row < parent_count; ++row) parents[row] = offspring[chosen[row]];
  }
  std::vector<double> all;
  for (const auto& row : parents) all.insert(all.end(), row.begin(), row.end());
  return all;
}

TEST_CASE("probe: two populations are exchanged") {
  const auto plan = comma_strategy();
  check_same_bits(plan);
  check_reals(plan, "parents.position", expected_parents(1));

  Run run(plan, {});
  run.advance();
  CHECK(run.variable("parents.position")->rows == parent_count);
  CHECK(run.variable("offspring.position")->rows == offspring_count);
  CHECK(indices(run, "champion") == std::vector{no_row});
  CHECK(run.evaluations() == offspring_count * generations);
}

TEST_CASE("probe: populations with other columns are not exchanged") {
  PlanBuilder builder(2);
  const std::size_t first = builder.population("first", 3);
  const std::size_t second = builder.population("second", 3);
  builder.column(first, "x", {real_part(2)});
  builder.column(second, "x", {real_part(3)});
  builder.step<SwapOnly>("exchange", no_population, {{"first", population(first)}, {"second", population(second)}});
  Run run(builder.build(), {});
  CHECK(run.advance() == RunState::failed);
  CHECK(run.error()->path == "exchange");
  CHECK(run.error()->message == "swap of populations with different columns");
}

}  // namespace
}  // namespace skein::test
