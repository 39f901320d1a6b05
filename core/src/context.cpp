#include "skein/context.hpp"

#include <algorithm>
#include <array>

#include "run/engine.hpp"
#include "skein/run_memory.hpp"

namespace skein {
namespace {

constexpr std::array<std::string_view, 11> reason_names = {"none",        "iterations", "evaluations", "target",
                                                           "seconds",     "stagnation", "diameter",    "memory",
                                                           "interrupted", "error",      "completed"};

LaneGenerator& generator(std::optional<LaneGenerator>& place, const RandomKey& key) noexcept {
  if (!place) place.emplace(key);
  return *place;
}

void note_written(RowContext::Services& services, std::size_t row) noexcept {
  if (services.status[row] == RowStatus::done) return;
  services.status[row] = RowStatus::done;
  if (services.listener != nullptr) services.listener->written(row);
}

}  // namespace

std::string_view to_text(StopReason reason) noexcept { return reason_names[static_cast<std::size_t>(reason)]; }

StopReason stop_reason_from(std::uint8_t number) noexcept {
  return number < reason_names.size() ? static_cast<StopReason>(number) : StopReason::none;
}

LaneGenerator& RowContext::random(std::size_t stream) noexcept {
  return generator(services_->generators[stream], group_key(services_->keys[stream], services_->group));
}

LaneGenerator RowContext::row_random(std::size_t stream, std::size_t row) const noexcept {
  return LaneGenerator(row_key(services_->keys[stream], row));
}

void* RowContext::resource() const noexcept { return services_->resource; }

void RowContext::finished(std::size_t row) noexcept {
  if (services_->status == nullptr) return;
  const std::size_t last = std::min(row + 1, rows_.last);
  for (std::size_t i = services_->finished_until; i < last; ++i) {
    if (services_->status[i] != RowStatus::deferred) note_written(*services_, i);
  }
  services_->finished_until = std::max(services_->finished_until, last);
}

void RowContext::written(std::size_t row) noexcept {
  if (services_->status != nullptr && row >= rows_.first && row < rows_.last) note_written(*services_, row);
}

void RowContext::defer(std::size_t row) noexcept {
  if (services_->status != nullptr && row >= rows_.first && row < rows_.last) {
    services_->status[row] = RowStatus::deferred;
  }
}

bool RowContext::in_flight(std::size_t row) const noexcept {
  return services_->status != nullptr && services_->status[row] == RowStatus::in_flight;
}

LaneGenerator& StepContext::random(std::size_t stream) noexcept {
  return generator(services_->generators[stream], services_->keys[stream]);
}

void* StepContext::resource() const noexcept { return services_->resource; }

double StepContext::elapsed_seconds() const noexcept { return services_->clock->elapsed_seconds(); }

std::uint64_t StepContext::evaluations() const noexcept { return services_->evaluations; }

void StepContext::set_stop_reason(StopReason reason) noexcept {
  if (*services_->stop_reason == StopReason::none) *services_->stop_reason = reason;
}

void StepContext::pause(StopReason reason) noexcept {
  services_->engine->pause_reason.store(reason, std::memory_order_relaxed);
  services_->engine->pause_requested.store(true, std::memory_order_relaxed);
}

RunMemory StepContext::memory() const noexcept { return RunMemory(*services_); }

void StepContext::resize(const InOutPopulation& population, std::span<const std::uint32_t> old_rows) {
  services_->requests->resize(static_cast<Population*>(population.view.place), old_rows);
}

void StepContext::swap(const InOutPopulation& first, const InOutPopulation& second) {
  services_->requests->swap(static_cast<Population*>(first.view.place), static_cast<Population*>(second.view.place));
}

}  // namespace skein
