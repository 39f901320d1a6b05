// RunProfile: where a run has spent its time, as plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace skein {

/// One node: all of its steps, in all frames.
struct NodeProfile {
  std::string path;
  std::string operation;    ///< name of the operator
  std::uint64_t calls = 0;  ///< how often it was done
  double seconds = 0;       ///< in its own calls, and its share of its pipelines
  bool shared =
      false;  ///< it is computed together with its neighbours, element by element: their time is shared out evenly
};

/// One pipeline of two nodes or more.
struct PipelineProfile {
  std::vector<std::string> nodes;
  std::uint64_t calls = 0;  ///< visits strip by strip; others are calls of the nodes
  double seconds = 0;
};

struct RunProfile {
  double seconds = 0;              ///< in all steps of the run
  std::vector<NodeProfile> nodes;  ///< in the order of the plan; expressions and jumps are no nodes
  std::vector<PipelineProfile> pipelines;
  double other_seconds = 0;  ///< expressions and jumps
};

}  // namespace skein
