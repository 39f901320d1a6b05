#include <algorithm>
#include <cmath>
#include <cstdint>

#include "operators/all.hpp"
#include "operators/archive/cleanup_ports.hpp"

namespace skein {
namespace {

/// Keeps ceil(share · entries) of an archive's entries, at least `smallest` where there are as many: those that the
/// truncation leaves (see FrontSelection). Then, with `give_back`, the archive's capacity is lowered to what is left,
/// for good, and the memory beyond it, that of updates and all attachments are given back.
///
/// Cost: with clustering O(entries^2), with crowding O(entries · (log(entries) + how many go)).
/// Zitzler, Laumanns and Thiele, SPEA2: improving the strength Pareto evolutionary algorithm (2001).
struct CompressArchive {
  static constexpr std::string_view name = "compress_archive";
  static constexpr std::string_view summary = "keeps a share of an archive's entries that represents all of them";
  static constexpr std::string_view source =
      "Zitzler, Laumanns and Thiele, SPEA2: improving the strength Pareto evolutionary algorithm (2001)";
  static constexpr auto roles = std::array<std::string_view, 1>{"archive_cleanup"};
  static constexpr bool strong_guarantee = true;

  using Ports = CleanupPorts;
  static constexpr auto ports = cleanup_ports;

  struct Parameters {
    double share = 0.5;
    std::int64_t smallest = 10;
    Truncation truncation = Truncation::clustering;
    bool give_back = true;
  };
  static constexpr auto parameters =
      std::tuple{parameter("share", &Parameters::share, "0.5", "of the entries that stay").range(0, 1),
                 parameter("smallest", &Parameters::smallest, "10", "entries that stay in any case")
                     .range(1, static_cast<double>(Archive::largest_capacity)),
                 parameter("truncation", &Parameters::truncation, "clustering",
                           "what goes first: what is most crowded, or what is nearest to another one")
                     .choices("crowding|clustering"),
                 parameter("give_back", &Parameters::give_back, "true",
                           "whether the capacity is lowered, too, and memory given back")};

  static void run(const Ports& io, const Parameters& chosen, StepContext&) {
    io.freed_entries.value() = 0;
    io.freed_bytes.value() = 0;
    const auto wanted = static_cast<std::size_t>(std::ceil(chosen.share * static_cast<double>(io.archive->size())));
    io.add(io.archive->compress(std::max(wanted, static_cast<std::size_t>(chosen.smallest)), chosen.truncation));
    if (!chosen.give_back) return;
    io.add(io.archive->release_attachments());
    io.add(io.archive->release_scratch());
    io.add(io.archive->shrink(std::max(wanted, static_cast<std::size_t>(chosen.smallest))));
  }
};

}  // namespace

const OperatorTable& compress_archive_operator() { return operator_table<CompressArchive>(); }

}  // namespace skein
