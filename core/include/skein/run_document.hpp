// RunDocument: what to run, as its author writes it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "skein/graph.hpp"
#include "skein/run.hpp"
#include "skein/value.hpp"

namespace skein {

/// Limits of a run. At least one is always in force: 1000 iterations unless given.
struct StopLimits {
  std::optional<std::uint64_t> iterations;
  std::optional<std::uint64_t> evaluations;
  std::optional<double> target;        ///< a value of the problem, in its own sense
  std::optional<double> target_error;  ///< a distance to the best known value
  std::optional<double> seconds;
  std::optional<std::uint64_t> stagnation;  ///< iterations without an improvement by more than the tolerance
  double stagnation_tolerance = 0;
  bool relative_tolerance = false;  ///< `stagnation_tolerance` is a fraction of the best value
  std::optional<double> diameter;   ///< largest distance from the best, as a fraction of the diagonal of the bounds
};

struct AlgorithmChoice {
  std::string name;                           ///< of a registered graph, or
  std::string file;                           ///< of a graph document, relative to the run document, or
  std::shared_ptr<const Graph> inline_graph;  ///< a graph written in place
  Object parameters;
  std::vector<SlotFilling> slots;
  SourceLocation where;
  SourceLocation name_where;  ///< of the name or file
};

/// {"shift": 7}: one transform of a problem, see skein/transform.hpp.
struct TransformChoice {
  std::string name;
  Value value;  ///< an object of parameters, or the value of the first one
  SourceLocation where;
};

struct ProblemChoice {
  std::string name;
  Object parameters;                        ///< with `dimension`, which stands beside `parameters` in the document
  std::vector<TransformChoice> transforms;  ///< each around what stands before it
  SourceLocation where;
  SourceLocation name_where;
};

struct RunDocument {
  std::string name;
  std::vector<std::pair<std::string, std::string>> requirements;
  AlgorithmChoice algorithm;
  ProblemChoice problem;
  std::uint64_t seed = 1;
  ErrorPolicy on_error = ErrorPolicy::abort;
  std::size_t retries = 3;
  bool flush_denormals = true;
  StopLimits stop;
  SourceLocation stop_where;
  std::optional<Object> memory;  ///< fields of MemoryConfig, right each by itself and together
  SourceLocation memory_where;
  std::string output_file;
  SourceLocation where;
  bool faulty = false;  ///< something in it was reported as wrong: it can be looked through, but not run
};

}  // namespace skein
