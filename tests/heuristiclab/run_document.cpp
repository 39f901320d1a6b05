#include "tests/heuristiclab/run_document.hpp"

namespace skein::heuristiclab {
namespace {

std::string drawing(const std::string& name, const std::string& parameters = "{}") {
  return R"({"operator": ")" + name + R"(", "parameters": )" + parameters + R"(, "inout": {"random": "random"}})";
}

}  // namespace

Slots slots(const PlainSettings& settings) {
  const bool is_2007 = settings.version == Version::spso_2007;
  Slots slots = {{"particle_creator", drawing("heuristiclab_creator",
                                              is_2007 ? R"({"version": "spso_2007"})" : R"({"version": "spso_2011"})")},
                 {"particle_updater", drawing(is_2007 ? "heuristiclab_2007_updater" : "heuristiclab_2011_updater")},
                 {"bounds_handling", is_2007 ? R"("clamp_and_stop")" : R"("clamp_and_bounce")"},
                 {"analyzer", R"("best_average_worst_quality")"}};
  switch (settings.topology) {
    case Topology::complete:
      slots["topology_initializer"] = R"("fully_connected")";
      break;
    case Topology::ring:
      slots["topology_initializer"] = R"("ring")";
      break;
    case Topology::adaptive_random:
      slots["topology_initializer"] = drawing("heuristiclab_random_topology");
      slots["topology_updater"] = R"("heuristiclab_adaptive_random")";
      break;
  }
  if (settings.final_inertia != Coefficients{}.inertia) {
    // HeuristicLab's schedules run before it counts the iteration.
    slots["inertia_updater"] = R"({"operator": "linear_schedule", "in": {"index": "= iterations - 1", "end": )" +
                               std::to_string(settings.final_inertia) + "}}";
  }
  return slots;
}

std::string run_document(const RecordedResult& recorded, const Slots& slots) {
  std::string filled;
  for (const auto& [slot, content] : slots) filled += ", \"" + slot + "\": " + content;
  return R"({"format": "skein/1", "run": "test", "denormals": "keep",
  "algorithm": {"graph": {
    "format": "skein/1",
    "graph": "heuristiclab",
    "ports": {"out": {"best": "solution", "best_fitness": "fitness",
      "iterations": {"type": "integer", "initial": 0},
      "current_inertia": {"type": "real", "initial": 0.721},
      "current_velocity_limit": {"type": "real", "initial": 1e300}}},
    "variables": {"random": "heuristiclab_random"},
    "slots": {"evaluator": {"role": "evaluator"}, "swarm_updater": {"role": "swarm_updater"},
      "stop_criterion": {"role": "stop_criterion"}},
    "nodes": {"particle swarm": {"graph": "particle_swarm",
      "parameters": {"swarm_size": 40, "inertia": 0.721, "personal_best_attraction": 1.193,
        "neighbor_best_attraction": 1.193},
      "slots": {"evaluator": {"slot": "evaluator"}, "swarm_updater": {"slot": "swarm_updater"},
        "stop_criterion": {"slot": "stop_criterion"})" +
         filled + R"(}}},
    "flow": ["particle swarm"]}},
  "problem": {"name": ")" +
         recorded.problem + R"(", "dimension": )" + std::to_string(recorded.settings.dimension) + R"(},
  "stop": {"iterations": )" +
         std::to_string(recorded.settings.iterations) + "}}";
}

}  // namespace skein::heuristiclab
