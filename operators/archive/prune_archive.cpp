#include <cstdint>

#include "operators/all.hpp"
#include "operators/archive/cleanup_ports.hpp"

namespace skein {
namespace {

/// Gives up each entry of an archive for which a kept one before it, in the order of the objectives, is nearly as good:
/// in no objective worse by more than `epsilon`, in units of the objective's range in the archive. Also gives back the
/// attachments that nobody uses, and the memory of updates, which the next one takes again.
///
/// With an epsilon of 0 all entries stay: none of them dominates another one in the first place. Cost: O(entries^2).
/// Laumanns et al., Combining convergence and diversity in evolutionary multiobjective optimization (2002).
struct PruneArchive {
  static constexpr std::string_view name = "prune_archive";
  static constexpr std::string_view summary = "gives up entries of an archive that others nearly dominate";
  static constexpr std::string_view source =
      "Laumanns et al., Combining convergence and diversity in evolutionary multiobjective optimization (2002)";
  static constexpr auto roles = std::array<std::string_view, 1>{"archive_cleanup"};
  static constexpr bool strong_guarantee = true;

  using Ports = CleanupPorts;
  static constexpr auto ports = cleanup_ports;

  struct Parameters {
    double epsilon = 0.001;
  };
  static constexpr auto parameters =
      std::tuple{parameter("epsilon", &Parameters::epsilon, "0.001", "by how much, in units of the objectives' ranges")
                     .range(0, 1)};

  static void run(const Ports& io, const Parameters& chosen, StepContext&) {
    io.freed_entries.value() = 0;
    io.freed_bytes.value() = 0;
    io.add(io.archive->prune(chosen.epsilon));
    io.add(io.archive->release_attachments());
    io.add(io.archive->release_scratch());
  }
};

}  // namespace

const OperatorTable& prune_archive_operator() { return operator_table<PruneArchive>(); }

}  // namespace skein
