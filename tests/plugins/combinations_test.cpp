// What the wiring offers works: every pair of choices that Session::slot_choices lists for particle_swarm runs, on
// every encoding; what it lists as not fitting is refused, and so is every pair that does not go together.
#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "skein/graph_builder.hpp"
#include "skein/thread_limit.hpp"
#include "tests/plugins/prepared_run.hpp"
#include "tests/support/pairwise.hpp"
#include "tests/support/sanitizer.hpp"

namespace {

using namespace skein;
using namespace skein::tests;

const char* const problems[] = {R"({"name": "rastrigin", "dimension": 5})", R"({"name": "one_max", "dimension": 33})",
                                R"("gear_train")", R"("travelling_salesman")"};

const std::set<std::string> combined = {"particle_creator",
                                        "velocity_initializer",
                                        "particle_updater",
                                        "bounds_handling",
                                        "topology_initializer",
                                        "topology_updater",
                                        "inertia_updater",
                                        "velocity_limit_updater",
                                        "personal_best_attraction_updater",
                                        "component_limit_updater",
                                        "penalty",
                                        "neighbor_best_attraction_updater"};

RunDocument document(const Session& session, const std::string& problem) {
  Diagnostics diagnostics;
  const auto read = session.read_run(R"({"format": "skein/1", "run": "test", "algorithm": {"name": "particle_swarm",
      "parameters": {"swarm_size": 20}}, "problem": )" +
                                         problem + R"(, "stop": {"iterations": 6}})",
                                     "test.json", diagnostics);
  REQUIRE(read.has_value());
  return *read;
}

/// What can stand in one slot; the empty name for nothing.
struct Choices {
  std::string slot;
  std::vector<std::string> names;
};

void put(RunDocument& run, const std::string& slot, const std::string& name) {
  run.algorithm.slots.push_back(fill(slot, name.empty() ? nothing() : Component(operation(name))));
}

std::vector<Choices> fitting(const std::vector<SlotChoices>& offered) {
  std::vector<Choices> all;
  for (const SlotChoices& slot : offered) {
    if (!combined.contains(slot.slot)) continue;
    Choices choices{slot.slot, {}};
    for (const Candidate& candidate : slot.candidates) {
      if (candidate.fits) choices.names.push_back(candidate.name);
    }
    if (slot.optional) choices.names.emplace_back();
    all.push_back(std::move(choices));
  }
  return all;
}

/// Integers stay integers within their bounds, whoever moves them.
void check_integers(const Run& run) {
  const In<double> position(run.variable("swarm.position").value());
  for (std::size_t row = 0; row < position.rows(); ++row) {
    for (std::size_t i = 0; i < position.width(); ++i) {
      const double number = position(row, i);
      CHECK((number >= 12 && number <= 60 && number == std::trunc(number)));
    }
  }
}

std::vector<std::uint64_t> bits_of(const Job& job, std::size_t threads, std::size_t tile_rows) {
  RunOptions options = job.options;
  options.threads = threads;
  options.tile_rows = tile_rows;
  Run run(job.plan, options);
  REQUIRE(run.advance() == RunState::finished);
  if (job.problem->encoding == "integer_vector") check_integers(run);
  const Result result = make_result(job, run);
  std::vector<std::uint64_t> bits = {result.evaluations, std::bit_cast<std::uint64_t>(result.best_quality.value())};
  for (const Value& value : result.best_solution.list()) bits.push_back(std::bit_cast<std::uint64_t>(value.number()));
  return bits;
}

/// The pairs that do not go together: a topology that is drawn anew needs one that is drawn at first.
std::set<ChoicePair> contradictions(const std::vector<Choices>& slots) {
  std::set<ChoicePair> pairs;
  for (std::size_t a = 0; a < slots.size(); ++a) {
    for (std::size_t b = 0; b < slots.size(); ++b) {
      if (slots[a].slot != "topology_initializer" || slots[b].slot != "topology_updater") continue;
      const auto none = std::ranges::find(slots[a].names, "") - slots[a].names.begin();
      const auto anew = std::ranges::find(slots[b].names, "adaptive_random") - slots[b].names.begin();
      pairs.insert({{a, static_cast<std::size_t>(none)}, {b, static_cast<std::size_t>(anew)}});
    }
  }
  return pairs;
}

}  // namespace

TEST_CASE("combinations: every pair of choices that fit runs, with the same bits for any threads and tiles") {
  const ThreadLimit eight_threads(8);
  const Session session = full_session();
  for (const char* problem : problems) {
    CAPTURE(std::string(problem));
    const RunDocument plain = document(session, problem);
    Diagnostics diagnostics;
    const std::vector<Choices> slots = fitting(session.slot_choices(plain, diagnostics));
    CHECK(diagnostics.empty());
    REQUIRE(slots.size() == combined.size());
    std::vector<std::size_t> sizes;
    for (const Choices& slot : slots) sizes.push_back(slot.names.size());
    PairwiseRows pairwise(sizes, contradictions(slots));
    const auto rows = pairwise.all();
    CHECK(rows.size() >= *std::ranges::max_element(sizes));
    std::size_t place = 0;
    for (const std::vector<std::size_t>& row : rows) {
      if (place++ % one_case_of != 0) continue;
      RunDocument run = plain;
      std::string chosen;
      for (std::size_t i = 0; i < slots.size(); ++i) {
        put(run, slots[i].slot, slots[i].names[row[i]]);
        chosen += slots[i].slot + ": " + slots[i].names[row[i]] + "\n";
      }
      CAPTURE(chosen);
      Diagnostics found;
      const auto job = session.prepare(run, found);
      CHECK_MESSAGE(job.has_value(), all_text(found));
      if (!job) continue;
      const std::vector<std::uint64_t> expected = bits_of(*job, 1, 0);
      CHECK(expected.front() == 20U * 7U);
      CHECK(bits_of(*job, 8, 3) == expected);
    }
  }
}

TEST_CASE("combinations: what does not fit is refused before the run, with all reasons") {
  const Session session = full_session();
  for (const char* problem : problems) {
    CAPTURE(std::string(problem));
    const RunDocument plain = document(session, problem);
    Diagnostics diagnostics;
    const std::vector<SlotChoices> offered = session.slot_choices(plain, diagnostics);
    std::size_t refused = 0;
    for (const SlotChoices& slot : offered) {
      for (const Candidate& candidate : slot.candidates) {
        CAPTURE(slot.slot);
        CAPTURE(candidate.name);
        CHECK(candidate.fits == candidate.findings.empty());
        if (candidate.fits) continue;
        ++refused;
        RunDocument run = plain;
        if (slot.many) {
          run.algorithm.slots = {fill_many(slot.slot, {{candidate.name, operation(candidate.name)}})};
        } else {
          put(run, slot.slot, candidate.name);
        }
        Diagnostics found;
        CHECK_FALSE(session.prepare(run, found).has_value());
        for (const Diagnostic& reason : candidate.findings.items()) {
          CHECK(reason.severity == Severity::error);
          const bool is_said = std::ranges::any_of(found.items(), [&reason](const Diagnostic& said) {
            return said.code == reason.code && said.message == reason.message;
          });
          CHECK_MESSAGE(is_said, to_text(reason));
        }
      }
    }
    CHECK(refused > 0);

    const std::vector<Choices> slots = fitting(offered);
    for (const auto& [first, second] : contradictions(slots)) {
      RunDocument run = plain;
      put(run, slots[first.first].slot, slots[first.first].names.at(first.second));
      put(run, slots[second.first].slot, slots[second.first].names.at(second.second));
      Diagnostics found;
      CHECK_FALSE(session.prepare(run, found).has_value());
      REQUIRE(found.items().size() == 1);
      CHECK(found.items().front().code == "unmet-need");
    }
  }
}

TEST_CASE("combinations: rows of pairs hold every allowed pair and no forbidden one") {
  const std::vector<std::size_t> sizes = {3, 1, 4, 2};
  const std::set<ChoicePair> forbidden = {{{0, 1}, {2, 3}}, {{2, 0}, {3, 1}}};
  std::set<ChoicePair> seen;
  PairwiseRows pairwise(sizes, forbidden);
  const auto rows = pairwise.all();
  for (const std::vector<std::size_t>& row : rows) {
    for (std::size_t a = 0; a < 4; ++a) {
      for (std::size_t b = a + 1; b < 4; ++b) seen.insert({{a, row[a]}, {b, row[b]}});
    }
  }
  CHECK(seen.size() == 3 + 12 + 6 + 4 + 2 + 8 - 2);
  for (const ChoicePair& pair : forbidden) CHECK_FALSE(seen.contains(pair));
  CHECK(rows.size() <= 14);
}
