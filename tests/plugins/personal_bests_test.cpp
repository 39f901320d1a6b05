// What a swarm remembers, for every updater that fits, on every encoding: the fitness of each personal best is that of
// the problem at its position, bit for bit, and never gets worse; the best is the best of them, now or before.
#include <doctest/doctest.h>

#include <cstring>
#include <string>
#include <vector>

#include "skein/fitness.hpp"
#include "skein/graph_builder.hpp"
#include "tests/plugins/prepared_run.hpp"

namespace {

using namespace skein;
using namespace skein::tests;

constexpr std::size_t particles = 12;
constexpr std::int64_t iterations = 15;

const char* const problems[] = {R"({"name": "rastrigin", "dimension": 4, "transform": [{"shift": 3}]})",
                                R"("welded_beam")",
                                R"({"name": "knapsack", "parameters": {"instance": 2}})",
                                R"({"name": "one_max", "dimension": 33})",
                                R"("gear_train")",
                                R"("travelling_salesman")"};

/// Copies solutions from one variable of a run to another one.
void copy_rows(const PortView& from, const PortView& to, std::size_t rows) {
  REQUIRE(from.part_count == to.part_count);
  for (std::size_t part = 0; part < from.part_count; ++part) {
    const ColumnView& source = from.parts[part];
    const ColumnView& target = to.parts[part];
    REQUIRE(source.width == target.width);
    const std::size_t bytes = source.width * element_bytes(source.element);
    for (std::size_t row = 0; row < rows; ++row) {
      std::memcpy(target.data + row * target.row_bytes, source.data + row * source.row_bytes, bytes);
    }
  }
}

/// What the problem says of solutions, in a plan of its own.
class Oracle {
 public:
  Oracle(const Session& session, const Job& job, std::size_t rows) : options_(job.options), rows_(rows) {
    Diagnostics diagnostics;
    plan_ = session.evaluation_plan(job.problem, rows, diagnostics);
    REQUIRE_MESSAGE(plan_ != nullptr, all_text(diagnostics));
  }

  /// Violation and objective of each.
  [[nodiscard]] std::vector<double> fitness(const PortView& solutions) const {
    Run run(plan_, options_);
    copy_rows(solutions, run.variable("points.position").value(), rows_);
    REQUIRE(run.advance() == RunState::finished);
    return numbers(InFitness(run.variable("points.fitness").value()), rows_);
  }

  static std::vector<double> numbers(const InFitness& fitness, std::size_t rows) {
    std::vector<double> all;
    for (std::size_t row = 0; row < rows; ++row) {
      all.push_back(fitness[row].violation());
      all.push_back(fitness[row].objective());
    }
    return all;
  }

 private:
  RunOptions options_;
  std::size_t rows_;
  std::shared_ptr<const Plan> plan_;
};

bool not_worse(const std::vector<double>& now, const std::vector<double>& before, std::size_t row) {
  const double violation = now[2 * row];
  const double violation_before = before[2 * row];
  return violation < violation_before || (violation == violation_before && now[2 * row + 1] <= before[2 * row + 1]);
}

void check_memory_of(const Session& session, const Job& job) {
  const Oracle swarm(session, job, particles);
  const Oracle one(session, job, 1);
  Run run(job.plan, job.options);
  std::vector<double> before;
  std::vector<double> best_before;
  std::int64_t checked = 0;
  while (run.advance(Advance::one_step) == RunState::ready) {
    const In<std::int64_t> count(run.variable("iterations").value());
    if (count.value() == checked) continue;  // what was found in a pass is stored before it counts
    checked = count.value();
    const auto now = Oracle::numbers(InFitness(run.variable("swarm.personal_best_fitness").value()), particles);
    CHECK(now == swarm.fitness(run.variable("swarm.personal_best").value()));
    const auto best = Oracle::numbers(InFitness(run.variable("best_fitness").value()), 1);
    CHECK(best == one.fitness(run.variable("best").value()));
    bool is_one_of_them = false;
    for (std::size_t row = 0; row < particles; ++row) {
      CHECK((before.empty() || not_worse(now, before, row)));
      const std::vector<double> own = {now[2 * row], now[2 * row + 1]};
      CHECK(not_worse(best, own, 0));
      is_one_of_them = is_one_of_them || own == best;
    }
    CHECK(is_one_of_them);
    CHECK((best_before.empty() || not_worse(best, best_before, 0)));
    before = now;
    best_before = best;
  }
  CHECK(checked == iterations);
  const Result result = make_result(job, run);
  CHECK(result.iterations == iterations);
  CHECK(result.best_quality == problem_value(*job.problem, best_before[1]));
}

}  // namespace

TEST_CASE("personal bests have the fitness of their positions and never get worse, with every updater and encoding") {
  const Session session = full_session();
  for (const char* problem : problems) {
    CAPTURE(std::string(problem));
    Diagnostics diagnostics;
    const auto plain = session.read_run(
        R"({"format": "skein/1", "run": "test", "algorithm": {"name": "particle_swarm", "parameters": {"swarm_size": )" +
            std::to_string(particles) + R"(}}, "problem": )" + problem + R"(, "stop": {"iterations": )" +
            std::to_string(iterations) + "}}",
        "test.json", diagnostics);
    REQUIRE(plain.has_value());
    std::size_t updaters = 0;
    for (const SlotChoices& slot : session.slot_choices(*plain, diagnostics)) {
      for (const Candidate& candidate : slot.candidates) {
        if (slot.slot != "particle_updater" || !candidate.fits) continue;
        CAPTURE(candidate.name);
        RunDocument document = *plain;
        document.algorithm.slots.push_back(fill(slot.slot, operation(candidate.name)));
        const auto job = session.prepare(document, diagnostics);
        REQUIRE(job.has_value());
        check_memory_of(session, *job);
        ++updaters;
      }
    }
    CHECK(updaters >= 2);
  }
}
