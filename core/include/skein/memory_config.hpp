// MemoryConfig: within which bounds a run keeps its memory, and what it may do for it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "skein/declared_parameter.hpp"

namespace skein {

/// MiB are 2^20 bytes, KiB 2^10. Frequencies are in iterations.
///
/// A level is a fraction of the room above the base, (M - base) / (limit - base), M being what is in use and base what
/// was after the first evaluation. With thresholds, levels are entered at these absolute sizes instead, and left at
/// base
/// + (threshold - base) · release / level.
struct MemoryConfig {
  std::int64_t max_cost_history = 100;
  std::int64_t max_position_history = 50;
  std::int64_t max_metrics_history = 200;
  bool enable_history_compression = true;

  bool enable_memory_monitoring = true;
  std::int64_t memory_check_frequency = 10;
  std::int64_t cleanup_frequency = 25;
  std::int64_t force_gc_frequency = 100;

  double limit_mb = 0;
  double warning_level = 0.7;
  double critical_level = 0.8;
  double emergency_level = 0.9;
  double warning_release = 0.65;
  double critical_release = 0.75;
  double emergency_release = 0.8;
  double memory_warning_threshold_mb = 0;
  double memory_critical_threshold_mb = 0;
  double emergency_cleanup_threshold_mb = 0;

  bool enable_automatic_cleanup = true;
  bool emergency_recovery_enabled = true;
  bool memory_pressure_adaptation = true;
  std::int64_t minimum_swarm_size = 4;

  std::int64_t leak_window = 16;
  double leak_slope_kb = 1;
  double leak_step_mb = 64;
  double trend_window_seconds = 60;
  std::int64_t max_alerts = 50;

  [[nodiscard]] bool has_thresholds() const noexcept { return memory_warning_threshold_mb > 0; }
};

/// The fields: names, ranges, defaults and what they mean. Operators, run documents and schemas have them from here.
inline constexpr auto memory_config_fields = std::tuple{
    parameter("max_cost_history", &MemoryConfig::max_cost_history, "100", "rows of the history of the best value")
        .range(2, 1e9),
    parameter("max_position_history", &MemoryConfig::max_position_history, "50",
              "rows of the history of the best position")
        .range(2, 1e9),
    parameter("max_metrics_history", &MemoryConfig::max_metrics_history, "200",
              "most rows of the histories of analyzers")
        .range(2, 1e9),
    parameter("enable_history_compression", &MemoryConfig::enable_history_compression, "true",
              "whether histories cover the whole run; false: their newest rows are kept alone"),
    parameter("enable_memory_monitoring", &MemoryConfig::enable_memory_monitoring, "true",
              "whether memory is read at all; false: only the lengths of histories hold"),
    parameter("memory_check_frequency", &MemoryConfig::memory_check_frequency, "10",
              "iterations from one check of memory to the next")
        .range(1, 1e9),
    parameter("cleanup_frequency", &MemoryConfig::cleanup_frequency, "25",
              "iterations between cleanups while memory stays short")
        .range(1, 1e9),
    parameter("force_gc_frequency", &MemoryConfig::force_gc_frequency, "100",
              "iterations after which scratch is released, and free memory returned to the system, in any case")
        .range(1, 1e9),
    parameter("limit_mb", &MemoryConfig::limit_mb, "0",
              "most memory to use; 0: the limit of the control group or, without one, what the machine has available")
        .range(0, 1e12)
        .unit("MiB"),
    parameter("warning_level", &MemoryConfig::warning_level, "0.7", "level from which memory is cleaned up")
        .range(0, 1),
    parameter("critical_level", &MemoryConfig::critical_level, "0.8", "level from which that is critical").range(0, 1),
    parameter("emergency_level", &MemoryConfig::emergency_level, "0.9", "level of the emergency cleanup").range(0, 1),
    parameter("warning_release", &MemoryConfig::warning_release, "0.65", "level below which memory is enough again")
        .range(0, 1),
    parameter("critical_release", &MemoryConfig::critical_release, "0.75", "level below which it is critical no more")
        .range(0, 1),
    parameter("emergency_release", &MemoryConfig::emergency_release, "0.8", "level below which the emergency is over")
        .range(0, 1),
    parameter("memory_warning_threshold_mb", &MemoryConfig::memory_warning_threshold_mb, "0",
              "size to clean up from; 0: the fractions hold")
        .range(0, 1e12)
        .unit("MiB"),
    parameter("memory_critical_threshold_mb", &MemoryConfig::memory_critical_threshold_mb, "0",
              "size from which that is critical; 0: the fractions hold")
        .range(0, 1e12)
        .unit("MiB"),
    parameter("emergency_cleanup_threshold_mb", &MemoryConfig::emergency_cleanup_threshold_mb, "0",
              "size of the emergency cleanup; 0: the fractions hold")
        .range(0, 1e12)
        .unit("MiB"),
    parameter("enable_automatic_cleanup", &MemoryConfig::enable_automatic_cleanup, "true",
              "whether memory is cleaned up below the emergency level"),
    parameter(
        "emergency_recovery_enabled", &MemoryConfig::emergency_recovery_enabled, "true",
        "whether the emergency level leads to more than an alert, and an evaluation without memory is tried again"),
    parameter("memory_pressure_adaptation", &MemoryConfig::memory_pressure_adaptation, "true",
              "whether an emergency makes evaluation batches, and then the swarm, smaller"),
    parameter("minimum_swarm_size", &MemoryConfig::minimum_swarm_size, "4", "rows that the swarm keeps in any case")
        .range(1, 1e9),
    parameter("leak_window", &MemoryConfig::leak_window, "16", "checks that leaks are looked for in").range(8, 256),
    parameter("leak_slope_kb", &MemoryConfig::leak_slope_kb, "1",
              "growth from iteration to iteration that is taken for a leak")
        .range(1e-6, 1e12)
        .unit("KiB"),
    parameter("leak_step_mb", &MemoryConfig::leak_step_mb, "64", "growth from check to check that is taken for one")
        .range(1e-6, 1e12)
        .unit("MiB"),
    parameter("trend_window_seconds", &MemoryConfig::trend_window_seconds, "60", "time that the trend is taken over")
        .range(1e-6, 1e12)
        .unit("s"),
    parameter("max_alerts", &MemoryConfig::max_alerts, "50", "newest alerts that are kept").range(1, 10000)};

/// The same without the members.
[[nodiscard]] std::span<const ParameterSpec> memory_config_specs();

/// The config that these members give, each of a known name and of the field's type; defaults for the rest.
[[nodiscard]] MemoryConfig memory_config(const Object& members);

/// What is wrong with a field, given the others.
struct MemoryViolation {
  std::string_view field;
  std::string message;
  std::string expected;
  std::string found;
};

/// All that is wrong between fields, each of which is in its own range: levels and thresholds out of order, or not all
/// of them given, or beyond the limit.
[[nodiscard]] std::vector<MemoryViolation> violations(const MemoryConfig& config);

}  // namespace skein
