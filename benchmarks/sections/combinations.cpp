// Every combination of choices that the wiring offers for the particle swarm, on every encoding: does it run, with the
// same bits for one thread and eight?
#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

#include "benchmarks/contenders/skein.hpp"
#include "benchmarks/measure/table.hpp"
#include "benchmarks/sections/sections.hpp"
#include "skein/graph_builder.hpp"
#include "skein/thread_limit.hpp"

namespace skein::bench {
namespace {

constexpr const char* problems[] = {R"({"name": "rastrigin", "dimension": 5})",
                                    R"({"name": "one_max", "dimension": 33})", R"("gear_train")",
                                    R"("travelling_salesman")"};

constexpr std::array slots = {"particle_creator",     "particle_updater", "bounds_handling",
                              "topology_initializer", "topology_updater", "inertia_updater"};

struct Choices {
  std::string slot;
  std::vector<std::string> names;  ///< empty: nothing
};

struct Count {
  std::size_t offered = 0;
  std::size_t ran = 0;
  std::size_t refused = 0;    ///< because two choices contradict each other
  std::size_t different = 0;  ///< bits with eight threads
};

std::vector<Choices> choices_of(const Session& session, const RunDocument& document) {
  Diagnostics diagnostics;
  std::vector<Choices> all;
  for (const SlotChoices& offered : session.slot_choices(document, diagnostics)) {
    if (std::ranges::find(slots, offered.slot) == slots.end()) continue;
    Choices choices{offered.slot, {}};
    for (const Candidate& candidate : offered.candidates) {
      if (candidate.fits) choices.names.push_back(candidate.name);
    }
    if (offered.optional) choices.names.emplace_back();
    all.push_back(std::move(choices));
  }
  return all;
}

std::vector<std::uint64_t> bits_of(const Job& job, std::size_t threads) {
  RunOptions options = job.options;
  options.threads = threads;
  options.tile_rows = threads == 1 ? 0 : 3;
  Run run(job.plan, options);
  if (run.advance() != RunState::finished) return {};
  const Result result = make_result(job, run);
  std::vector<std::uint64_t> bits = {result.evaluations, std::bit_cast<std::uint64_t>(result.best_quality.value_or(0))};
  for (const Value& value : result.best_solution.list()) bits.push_back(std::bit_cast<std::uint64_t>(value.number()));
  return bits;
}

/// The combination of this number, as the digits of a number with one base per slot.
RunDocument combination(const RunDocument& plain, const std::vector<Choices>& all, std::size_t number,
                        std::string& text) {
  RunDocument document = plain;
  for (const Choices& choices : all) {
    const std::string& name = choices.names[number % choices.names.size()];
    number /= choices.names.size();
    document.algorithm.slots.push_back(fill(choices.slot, name.empty() ? nothing() : Component(operation(name))));
    text += (text.empty() ? "" : ", ") + (name.empty() ? "no " + choices.slot : name);
  }
  return document;
}

/// An updater that needs a topology, and none: the one contradiction that the roles know of.
bool contradicts_itself(const Diagnostics& found) {
  return std::ranges::all_of(found.items(), [](const Diagnostic& finding) {
    return finding.severity != Severity::error || finding.code == "unmet-need";
  });
}

Count try_all(Bench& bench, const Session& session, const RunDocument& plain, const std::string& problem) {
  const std::vector<Choices> all = choices_of(session, plain);
  Count count;
  count.offered = 1;
  for (const Choices& choices : all) count.offered *= choices.names.size();
  const std::size_t stride = bench.smoke() ? std::max<std::size_t>(1, count.offered / 20) | 1U : 1;
  for (std::size_t number = 0; number < count.offered; number += stride) {
    if (number % 1000 < stride) {
      bench.progress(problem + ", " + std::to_string(number) + " of " + std::to_string(count.offered));
    }
    std::string text;
    Diagnostics found;
    const auto job = session.prepare(combination(plain, all, number, text), found);
    if (!job && contradicts_itself(found)) {
      ++count.refused;
      continue;
    }
    const auto bits = job ? bits_of(*job, 1) : std::vector<std::uint64_t>{};
    if (bits.empty()) bench.fail(problem + ": what is offered does not run: " + text);
    count.ran += bits.empty() ? 0 : 1;
    if (bits.empty() || bits == bits_of(*job, 8)) continue;
    ++count.different;
    bench.fail(problem + ": eight threads give other bits: " + text);
  }
  return count;
}

}  // namespace

void check_combinations(Bench& bench) {
  const ThreadLimit eight_threads(8);
  const Session session = full_session(true);
  Table table({"problem", "combinations", "run", "contradictions", "other bits with 8 threads"});
  for (const char* problem : problems) {
    Diagnostics diagnostics;
    const auto document = session.read_run(
        R"({"format": "skein/1", "run": "combinations", "algorithm": {"name": "particle_swarm", "parameters":
            {"swarm_size": 20}}, "problem": )" +
            std::string(problem) + R"(, "stop": {"iterations": 4}})",
        "benchmark", diagnostics);
    if (!document) throw std::runtime_error(to_text(diagnostics.items().front()));
    const Count count = try_all(bench, session, *document, document->problem.name);
    table.add({document->problem.name, std::to_string(count.offered), std::to_string(count.ran),
               std::to_string(count.refused), std::to_string(count.different)});
  }
  std::printf(
      "Combinations of creator, updater, rule at bounds, topology, its updater and a schedule of the inertia.\n");
  table.print();
}

}  // namespace skein::bench
