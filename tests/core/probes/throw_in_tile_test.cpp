// Probe: an evaluator throws in the middle of a tile. Every row has moved, no fitness has changed.
#include <doctest/doctest.h>

#include <atomic>
#include <stdexcept>

#include "tests/core/support/plan_builder.hpp"
#include "tests/core/support/run_checks.hpp"
#include "tests/core/support/test_operators.hpp"

namespace skein::test {
namespace {

constexpr std::size_t dimension = 40;
constexpr std::size_t rows = 300;

std::atomic<bool> throws = true;
std::atomic<bool> throws_number = false;

/// `reports`: whether it says of each row that it is finished.
template <bool reports>
struct Throwing {
  static constexpr std::string_view name = "throwing";
  static constexpr std::string_view summary = "fails on some rows";
  static constexpr bool reports_rows = reports;
  using Ports = Sphere::Ports;
  static constexpr auto ports = Sphere::ports;
  static void run(const Ports& io, RowContext& context) {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      if (throws && row >= 71 && row % 7 == 1) {
        if (throws_number) throw 5;
        throw std::runtime_error("no value for row " + std::to_string(row));
      }
      io.fitness(row, 0) = 0.0;
      io.fitness(row, 1) = sphere(io.position.row(row), dimension);
      if constexpr (reports) context.finished(row);
    }
  }
};

template <bool reports>
std::shared_ptr<const Plan> throwing_plan() {
  PlanBuilder builder(dimension);
  const std::size_t swarm = builder.population("swarm", rows);
  const auto position = variable(builder.column(swarm, "position", {real_part(dimension)}, {-1.0}));
  const auto fitness = variable(builder.column(swarm, "fitness", {real_part(2)}, {0.0, 99.0}));
  builder.step<FillUniform>("main loop/move", swarm, {{"value", position}});
  builder.evaluator<Throwing<reports>>("main loop/evaluate", swarm, {{"position", position}, {"fitness", fitness}});
  return builder.build();
}

template <bool reports>
void check_throw_in_tile() {
  const auto plan = throwing_plan<reports>();
  std::vector<double> unchanged;
  for (std::size_t row = 0; row < rows; ++row) unchanged.insert(unchanged.end(), {0.0, 99.0});
  throws = false;
  Run undisturbed(plan, {});
  undisturbed.advance();

  const auto drive = [&](Run& run) {
    throws = true;
    CHECK(run.advance() == RunState::failed);
    REQUIRE(run.error());
    CHECK(run.error()->path == "main loop/evaluate");
    CHECK(run.error()->message == "no value for row 71");
    CHECK(run.error()->row == 71);
    CHECK(reals(run, "swarm.position") == reals(undisturbed, "swarm.position"));
    CHECK(reals(run, "swarm.fitness") == unchanged);
    throws = false;
    CHECK(run.advance() == RunState::finished);
    CHECK(reals(run, "swarm.fitness") == reals(undisturbed, "swarm.fitness"));
  };
  check_same_bits(plan, {}, drive);
}

TEST_CASE("probe: a throw in a tile") { check_throw_in_tile<true>(); }

TEST_CASE("probe: a throw in a tile, by an operator that does not say how far it came") {
  check_throw_in_tile<false>();
}

TEST_CASE("probe: what is thrown need not be an exception") {
  throws = true;
  throws_number = true;
  Run run(throwing_plan<true>(), {});
  CHECK(run.advance() == RunState::failed);
  CHECK(run.error()->message == "something that is no std::exception");
  throws_number = false;
}

}  // namespace
}  // namespace skein::test
