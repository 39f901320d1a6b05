#include <cstdint>

#include "operators/all.hpp"
#include "skein/neighborhood.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// redraw <- false: who informs whom stays as the topology initializer said.
struct StaticTopology {
  static constexpr std::string_view name = "static_topology";
  static constexpr std::string_view summary = "keeps the topology as it is";
  static constexpr auto roles = std::array<std::string_view, 1>{"topology_updater"};

  struct Ports {
    Out<std::uint8_t> redraw;
  };
  static constexpr auto ports = std::tuple{out("redraw", &Ports::redraw, "boolean", "whether to draw")};

  static void run(const Ports& io, StepContext&) noexcept { io.redraw.value() = 0; }
};

}  // namespace

const OperatorTable& static_topology_operator() { return operator_table<StaticTopology>(); }

}  // namespace skein
