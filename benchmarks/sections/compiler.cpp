#include <cstdio>
#include <stdexcept>

#include "benchmarks/contenders/skein.hpp"
#include "benchmarks/measure/stopwatch.hpp"
#include "benchmarks/measure/table.hpp"
#include "benchmarks/sections/sections.hpp"

namespace skein::bench {
namespace {

constexpr std::size_t usual_nodes = 5;  // that the chain is added to

/// A random search with as many nodes: what is drawn goes through a chain of additions.
std::string document_with(std::size_t nodes) {
  std::string definitions;
  std::string names;
  for (std::size_t i = usual_nodes; i < nodes; ++i) {
    const std::string name = R"("add )" + std::to_string(i) + R"(")";
    definitions += name + R"(: {"operator": "vector_add", "in": {"first": "position", "second": "step"},
      "out": {"sum": "position"}}, )";
    names += name + ", ";
  }
  return R"({"format": "skein/1", "run": "long", "problem": {"name": "sphere", "dimension": 10},
  "stop": {"iterations": 10}, "algorithm": {"graph": {
    "graph": "long_search",
    "ports": {"out": {"best": "solution", "best_fitness": "fitness", "iterations": {"type": "integer", "initial": 0}}},
    "variables": {"stop": "boolean"},
    "populations": {"swarm": {"rows": 20, "columns": {"position": "solution[n]", "step": "real[n,d]",
      "fitness": "fitness[n]", "personal_best": "solution[n]", "personal_best_fitness": "fitness[n]"}}},
    "slots": {"particle_creator": {"role": "particle_creator"}, "evaluator": {"role": "evaluator"},
      "swarm_updater": {"role": "swarm_updater"}, "stop_criterion": {"role": "stop_criterion"}},
    "nodes": {"draw": {"slot": "particle_creator", "out": {"velocity": "step"}}, )" +
         definitions + R"("evaluate": {"slot": "evaluator"}, "remember": {"slot": "swarm_updater"},
      "count": {"operator": "increment", "inout": {"value": "iterations"}}, "stop?": {"slot": "stop_criterion"}},
    "flow": [{"loop": ["draw", )" +
         names + R"("evaluate", "remember", "count", "stop?"], "until": "= stop"}]}}})";
}

struct Milliseconds {
  double reading = 0;
  double compiling = 0;
};

Milliseconds prepare_once(const Session& session, const std::string& text) {
  Diagnostics diagnostics;
  const Stopwatch reading(Clock::processor);
  const auto document = session.read_run(text, "benchmark", diagnostics);
  const double read = reading.seconds();
  const Stopwatch compiling(Clock::processor);
  const auto job = document ? session.prepare(*document, diagnostics) : std::nullopt;
  const double compiled = compiling.seconds();
  if (!job) throw std::runtime_error(diagnostics.items().empty() ? "no job" : to_text(diagnostics.items().front()));
  return {read * 1e3, compiled * 1e3};
}

}  // namespace

void measure_compiler(Bench& bench) {
  const Session session = full_session();
  Table table({"nodes", "reading, ms", "compiling, ms"});
  for (const std::size_t nodes : {10u, 100u, 1000u}) {
    const std::string text = document_with(nodes);
    Samples reading;
    Samples compiling;
    for (int i = 0; i < (bench.smoke() ? 1 : 21); ++i) {
      const Milliseconds times = prepare_once(session, text);
      reading.values.push_back(times.reading);
      compiling.values.push_back(times.compiling);
    }
    table.add({std::to_string(nodes), to_text(reading), to_text(compiling)});
    if (nodes == 100) bench.at_most("compile of a 100-node graph", 5, " ms", compiling.median(), "a chain");
  }
  std::puts("Reading: text to document. Compiling: document to plan.");
  table.print();
}

}  // namespace skein::bench
