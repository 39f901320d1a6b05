#include <array>
#include <cstdint>
#include <limits>

#include "operators/all.hpp"
#include "operators/analysis/recording.hpp"
#include "skein/archive.hpp"

namespace skein {
namespace {

/// A row of history: entries of an archive, and its hypervolume, the part of the objective space that the entries
/// dominate and the reference point bounds, in the objectives as they are minimized.
///
/// Exact, for one and two objectives; NaN for more. Entries that break constraints dominate nothing. Cost: a sweep over
/// the archive, about 3 ns per entry. Zitzler and Thiele, Multiobjective evolutionary algorithms: a comparative case
/// study (1999).
struct Hypervolume {
  static constexpr std::string_view name = "hypervolume";
  static constexpr std::string_view summary = "records how much of the objective space an archive dominates";
  static constexpr std::string_view source =
      "Zitzler and Thiele, Multiobjective evolutionary algorithms: a comparative case study (1999)";
  static constexpr auto roles = std::array<std::string_view, 1>{"analyzer"};
  static constexpr bool strong_guarantee = true;

  struct Ports {
    InObject<Archive> archive;
    In<double> reference_point;
    In<std::int64_t> iterations;
    In<std::uint8_t> stop;
    InOutObject<BoundedHistory> history;
  };
  static constexpr auto ports =
      std::tuple{in("archive", &Ports::archive, "archive", "the front so far"),
                 in("reference_point", &Ports::reference_point, "real[k]",
                    "worst values that count, one per objective, as they are minimized; problems publish it"),
                 iterations_port(&Ports::iterations), stop_port(&Ports::stop), history_port(&Ports::history)};

  using Parameters = AnalyzerParameters;
  static constexpr auto parameters = std::tuple{interval_parameter(&Parameters::interval)};

  static void run(const Ports& io, const Parameters& chosen, StepContext&) noexcept {
    if (!is_due(io, chosen.interval)) return;
    const std::span<const double> reference(io.reference_point.row(0), io.reference_point.width());
    const auto volume = io.archive->started() ? io.archive->hypervolume(reference) : 0.0;
    record(io.history, {{"iteration"}, {"entries"}, {"hypervolume"}},
           {static_cast<double>(io.iterations.value()), static_cast<double>(io.archive->size()),
            volume.value_or(std::numeric_limits<double>::quiet_NaN())});
  }
};

}  // namespace

const OperatorTable& hypervolume_operator() { return operator_table<Hypervolume>(); }

}  // namespace skein
