// The documents of the design page, and short ways to read documents in tests.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "documents/graph_document.hpp"
#include "skein/diagnostic.hpp"
#include "skein/graph.hpp"
#include "skein/json.hpp"
#include "skein/run_document.hpp"

namespace skein::examples {

inline constexpr std::string_view graph_document = R"json({
  "$schema": "./skein.schema.json",
  "format": "skein/1",
  "graph": "particle_swarm_main_loop",
  "summary": "Moves, evaluates and informs a swarm until it is told to stop.",
  "requires": {"particle_swarm": ">=1.0"},
  "parameters":  {"inertia": {"type": "real", "default": 0.721, "minimum": 0, "summary": "weight of the old velocity"}},
  "ports":       {"inout": {"swarm": "population"}, "out": {"best": "solution"}},
  "variables":   {"iterations": {"type": "integer", "initial": 0}, "stop": {"type": "boolean", "initial": false}},
  "slots": {
    "particle_updater": {"role": "particle_updater"},
    "evaluator":        {"role": "evaluator"},
    "swarm_updater":    {"role": "swarm_updater"},
    "topology_updater": {"role": "topology_updater", "optional": true},
    "stop_criterion":   {"role": "stop_criterion"},
    "analyzer":         {"role": "analyzer", "many": true}
  },
  "nodes": {
    "remember":        {"slot": "swarm_updater"},
    "change topology": {"slot": "topology_updater"},
    "inform":          {"operator": "inform_neighbors"},
    "analyze":         {"slot": "analyzer"},
    "move":            {"slot": "particle_updater"},
    "evaluate":        {"slot": "evaluator"},
    "count":           {"operator": "increment", "inout": {"value": "iterations"}},
    "stop?":           {"slot": "stop_criterion", "out": {"stop": "stop"}}
  },
  // Remember before informing: neighbours' bests come from personal bests.
  "flow": ["remember", "inform", "analyze",
           {"loop": ["move", "evaluate", "remember", "change topology", "inform", "count", "analyze", "stop?"], "until": "= stop"}]
}
)json";

inline constexpr std::string_view run_document = R"json({ "format": "skein/1",
  "run": "rastrigin with the default swarm",
  "algorithm": {"name": "particle_swarm", "parameters": {"swarm_size": 40},
                "slots": {"topology_initializer": {"operator": "spso_random", "parameters": {"k": 3}}}},
  "problem":   {"name": "rastrigin", "dimension": 30, "parameters": {}},
  "seed": 1, "on_error": "abort",
  "stop": {"iterations": 1000, "evaluations": 200000, "target": 1e-8, "seconds": 60},
  "output": {"file": "result.json"} }
)json";

/// Every key of a graph document, with what the design's example leaves out.
inline constexpr std::string_view full_graph_document = R"json({
  "format": "skein/1", "graph": "everything", "revision": 3,
  "parameters": {
    "rows": {"type": "integer", "default": "= 10 + floor(2*sqrt(d))", "minimum": 1, "maximum": 100000},
    "title": {"type": "text", "default": {"text": "= not an expression"}},
    "mode": {"type": "choice", "default": "wrap", "choices": ["clamp", "wrap"]},
    "weights": {"type": "reals", "default": [0.5, 1]},
    "anything": {"type": "any", "default": {"a": [null, 1e300]}},
    "flag": {"type": "boolean"}
  },
  "ports": {
    "in": {"speed": {"type": "real", "default": 0.5, "summary": "how fast"}, "limit": "real[d]"},
    "out": {"best": {"type": "solution", "summary": "best so far"}, "passes": {"type": "integer", "initial": 0}},
    "inout": {"swarm": {"type": "population", "columns": {"position": "solution[n]", "age": {"type": "integer[n]", "summary": "passes"}}}}
  },
  "variables": {"done": {"type": "boolean", "initial": false, "summary": "ends the loop"}, "links": "neighborhood<offspring>"},
  "populations": {
    "offspring": {"rows": "= rows", "capacity": 500, "columns": {
      "velocity": {"type": "real[n,d]", "initial": 0}, "neighbor": "index<swarm>[n,3]", "child": "solution[n]"}}
  },
  "slots": {
    "mover": {"role": "particle_updater", "default": "move_particles", "summary": "moves"},
    "watcher": {"role": "analyzer", "optional": true, "many": true, "default": null},
    "judge": {"role": "evaluator", "default": {"operator": "real_vector:judge", "parameters": {"strict": true}}}
  },
  "nodes": {
    "one": {"operator": "vector_add", "parameters": {"x": 3, "title": {"text": "=3"}, "y": "= rows"},
            "in": {"a": ["velocity", 1, true, "= 2*rows"], "b": 0.5, "c": "= inf"}, "out": {"sum": "velocity"},
            "inout": {"value": ["child", "age"]}, "streams": "pinned"},
    "two": {"operator": "particle_swarm:update", "streams": {"cognitive": "c", "social": "s"}},
    "inner part": {"graph": {"graph": "inner", "slots": {"judge": {"role": "evaluator"}},
                             "nodes": {"it": {"slot": "judge"}}, "flow": ["it"]},
                   "slots": {"judge": {"slot": "judge"}, "helper": null, "mover": "particle_swarm:update",
                             "watcher": {"first": "diversity", "second one": {"graph": "report", "in": {"x": "speed"}}, "none": null},
                             "others": {}}},
    "named": {"graph": "particle_swarm_main_loop", "parameters": {"inertia": 0.7}}
  },
  "flow": ["one", ["two", []], {"loop": ["two", {"if": "= done", "then": ["named"], "else": ["inner part"]}], "while": "= !done"},
           {"if": "= flag", "then": []}]
}
)json";

inline constexpr std::string_view full_run_document = R"json({
  "format": "skein/1", "run": "everything", "requires": {"particle_swarm": ">=1.0"},
  "algorithm": {"file": "swarm.json", "parameters": {"inertia": "= 1/(2*log(2))"}, "slots": {"analyzer": {"a": "b"}, "x": null}},
  "problem": {"name": "test_functions:sphere", "parameters": {"shift": [1, 2.5], "dimension": 3},
              "transform": [{"shift": 7}, {"noise": {"sigma": 0.5, "kind": "additive"}}, {"scale": [1, 2.5]}]},
  "seed": 18446744073709551615, "on_error": {"retry": 5}, "denormals": "keep",
  "stop": {"iterations": 0, "evaluations": 9223372036854775808, "target_error": 0, "seconds": 0.5},
  "memory": {"enable_automatic_cleanup": false, "cleanup_frequency": 7, "limit_mb": 12.5}
}
)json";

inline Value parse(std::string_view text) {
  Diagnostics diagnostics;
  return parse_json(text, "doc.json", diagnostics).value_or(Value());
}

/// All findings as text, one after another.
inline std::string all_text(const Diagnostics& diagnostics) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics.items()) text += to_text(diagnostic) + "\n";
  return text;
}

inline std::string graph_findings(std::string_view text) {
  Diagnostics diagnostics;
  const std::optional<Graph> graph = read_graph_text(text, "g.json", diagnostics);
  return (graph.has_value() == diagnostics.has_errors() ? "graph and errors do not agree\n" : "") +
         all_text(diagnostics);
}

inline std::string run_findings(std::string_view text) {
  Diagnostics diagnostics;
  const std::optional<Value> document = parse_json(text, "r.json", diagnostics);
  const std::optional<RunDocument> run = document ? read_run(*document, diagnostics) : std::nullopt;
  return (run.has_value() == diagnostics.has_errors() ? "run and errors do not agree\n" : "") + all_text(diagnostics);
}

}  // namespace skein::examples
