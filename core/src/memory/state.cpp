#include "skein/memory_state.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <span>
#include <stdexcept>
#include <string>

namespace skein {
namespace {

/// The first ones see what a run touches for the first time.
constexpr std::uint64_t checks_to_warm_up = 2;

std::string mebibytes(std::int64_t bytes) {
  return std::to_string((bytes + static_cast<std::int64_t>(mebibyte) - 1) / static_cast<std::int64_t>(mebibyte)) +
         " MiB";
}

/// The newest of `count` entries that went through a ring, the oldest first.
template <class Entry>
std::vector<Entry> in_order(const std::vector<Entry>& ring, std::uint64_t count) {
  std::vector<Entry> entries;
  for (std::uint64_t i = count > ring.size() ? count - ring.size() : 0; i < count; ++i) {
    entries.push_back(ring[i % ring.size()]);
  }
  return entries;
}

template <class T>
void save_plain(StateWriter& writer, const T& value) {
  static_assert(std::is_trivially_copyable_v<T>);
  writer.bytes(&value, sizeof value);
}

template <class T>
void load_plain(StateReader& reader, T& value) {
  reader.bytes(&value, sizeof value);
}

void save_config(StateWriter& writer, const MemoryConfig& config) {
  std::apply([&](const auto&... field) { (save_plain(writer, config.*(field.member)), ...); }, memory_config_fields);
}

MemoryConfig load_config(StateReader& reader) {
  MemoryConfig config;
  std::apply([&](const auto&... field) { (load_plain(reader, config.*(field.member)), ...); }, memory_config_fields);
  return config;
}

void save_alert(StateWriter& writer, const MemoryAlert& alert) {
  writer.integer(static_cast<std::uint64_t>(alert.type));
  writer.real(alert.memory_mb);
  writer.real(alert.growth_mb);
  writer.integer(static_cast<std::uint64_t>(alert.iteration));
  writer.real(alert.timestamp);
}

MemoryAlert load_alert(StateReader& reader) {
  MemoryAlert alert;
  const std::uint64_t type = reader.integer();
  if (type > static_cast<std::uint64_t>(MemoryAlertType::stop)) throw std::runtime_error("an unknown alert of memory");
  alert.type = static_cast<MemoryAlertType>(type);
  alert.memory_mb = reader.real();
  alert.growth_mb = reader.real();
  alert.iteration = static_cast<std::int64_t>(reader.integer());
  alert.timestamp = reader.real();
  return alert;
}

void save_action(StateWriter& writer, const MemoryAction& action) {
  writer.integer(static_cast<std::uint64_t>(action.kind));
  writer.integer(static_cast<std::uint64_t>(action.level));
  writer.integer(static_cast<std::uint64_t>(action.iteration));
  writer.real(action.timestamp);
  writer.integer(action.freed_bytes);
  writer.integer(static_cast<std::uint64_t>(action.left));
}

MemoryAction load_action(StateReader& reader) {
  MemoryAction action;
  const std::uint64_t kind = reader.integer();
  const std::uint64_t level = reader.integer();
  if (kind > static_cast<std::uint64_t>(MemoryActionKind::stop) || level > 3) {
    throw std::runtime_error("an unknown action for memory");
  }
  action.kind = static_cast<MemoryActionKind>(kind);
  action.level = static_cast<MemoryLevel>(level);
  action.iteration = static_cast<std::int64_t>(reader.integer());
  action.timestamp = reader.real();
  action.freed_bytes = reader.integer();
  action.left = static_cast<std::int64_t>(reader.integer());
  return action;
}

void require_room(const MemoryLevels& levels, const char* what) {
  const std::int64_t first = levels.entry(MemoryLevel::warning);
  if (first > levels.base()) return;
  throw std::runtime_error(std::string(what) + " leaves no room: " + mebibytes(levels.base()) +
                           " are in use after the first evaluation, and memory counts as short from " +
                           mebibytes(first) + " on");
}

}  // namespace

std::string_view to_text(MemoryAlertType type) noexcept {
  constexpr std::array<std::string_view, 6> names = {
      "memory_warning", "memory_critical", "memory_emergency", "leak", "step", "stop"};
  return names[static_cast<std::size_t>(type)];
}

std::string_view to_text(MemoryActionKind kind) noexcept {
  constexpr std::array<std::string_view, 6> names = {"thin_histories", "reduce_archive", "release_memory",
                                                     "reduce_batch",   "reduce_swarm",   "stop"};
  return names[static_cast<std::size_t>(kind)];
}

MemoryState::MemoryState() : alerts_(static_cast<std::size_t>(MemoryConfig{}.max_alerts)), actions_(most_actions) {}

void MemoryState::configure(const MemoryConfig& config, const MemoryReading& reading, const MemoryLimit& limit,
                            MemoryMoment moment) {
  const std::int64_t given = static_cast<std::int64_t>(config.limit_mb * mebibyte);
  MemoryState fresh;
  fresh.config_ = config;
  fresh.configured_ = true;
  fresh.resident_ = MemoryLevels(config, std::max<std::int64_t>(reading.resident, 0),
                                 given > 0 ? given : limit.resident, config.has_thresholds());
  fresh.address_space_ = MemoryLevels(config, std::max<std::int64_t>(reading.address_space, 0),
                                      reading.address_space < 0 ? -1 : limit.address_space, false);
  require_room(fresh.resident_, config.has_thresholds() ? "The threshold of the warning" : "The limit of memory");
  require_room(fresh.address_space_, "The limit of the address space");
  fresh.track_ = MemoryTrack(config.trend_window_seconds);
  fresh.resident_leak_ = LeakDetector(static_cast<std::size_t>(config.leak_window));
  fresh.counted_leak_ = LeakDetector(static_cast<std::size_t>(config.leak_window));
  fresh.alerts_.resize(static_cast<std::size_t>(config.max_alerts));
  fresh.newest_ = reading;
  fresh.last_check_ = fresh.last_release_ = moment.iteration;
  fresh.track_.record(moment.seconds, reading.resident);
  *this = std::move(fresh);
}

bool MemoryState::is_beyond_limit() const noexcept {
  const auto is_beyond = [](const MemoryLevels& levels, std::int64_t bytes) {
    return levels.limit() >= 0 && bytes >= levels.limit();
  };
  return is_beyond(resident_, newest_.resident) || is_beyond(address_space_, newest_.address_space);
}

void MemoryState::read_again(const MemoryReading& reading) noexcept {
  newest_ = reading;
  resident_.update(reading.resident);
  address_space_.update(reading.address_space);
}

MemoryDemand MemoryState::check(const MemoryReading& reading, MemoryMoment moment) noexcept {
  const MemoryLevel before = level();
  read_again(reading);
  track_.record(moment.seconds, reading.resident);
  last_check_ = moment.iteration;
  const MemoryLevel now = level();
  if (now > before) {
    note_alert(static_cast<MemoryAlertType>(static_cast<std::size_t>(now) - 1), moment);
  }
  cleaned_level_ = std::min(cleaned_level_, now);

  const bool is_due = last_cleanup_ < 0 || moment.iteration - last_cleanup_ >= config_.cleanup_frequency ||
                      now > cleaned_level_ || is_beyond_limit();
  MemoryDemand demand;
  demand.emergency = now == MemoryLevel::emergency && config_.emergency_recovery_enabled && is_due;
  demand.clean_up = demand.emergency || (now >= MemoryLevel::warning && config_.enable_automatic_cleanup && is_due);
  demand.release = demand.clean_up || moment.iteration - last_release_ >= config_.force_gc_frequency;
  if (demand.clean_up) {
    last_cleanup_ = moment.iteration;
    cleaned_level_ = now;
    gave_up_any_ = false;
    track_.record_cleanup();
  }
  if (demand.release) last_release_ = moment.iteration;
  return demand;
}

bool MemoryState::is_exhausted() const noexcept {
  const auto is_reached = [](const MemoryLevels& levels, std::int64_t bytes) {
    return bytes >= 0 && bytes >= levels.entry(MemoryLevel::emergency);
  };
  return configured_ && !gave_up_any_ &&
         (is_reached(resident_, newest_.resident) || is_reached(address_space_, newest_.address_space));
}

bool MemoryState::look_for_leak(LeakDetector& detector, std::int64_t bytes, MemoryMoment moment,
                                bool& is_known) noexcept {
  if (bytes < 0) return false;
  detector.add(moment.iteration, bytes);
  const bool leaks = detector.leaks(config_.leak_slope_kb * 1024);
  const bool is_new = leaks && !is_known;
  is_known = leaks;
  if (is_new) note_alert(MemoryAlertType::leak, moment);
  const bool stepped = static_cast<double>(detector.step()) > config_.leak_step_mb * mebibyte;
  if (stepped) note_alert(MemoryAlertType::step, moment);
  return is_new || stepped;
}

bool MemoryState::track(const MemoryReading& reading, std::uint64_t counted_bytes, MemoryMoment moment) noexcept {
  counted_bytes_ = counted_bytes;
  if (++tracked_ <= checks_to_warm_up) return false;
  const bool grows = look_for_leak(resident_leak_, reading.resident, moment, resident_leak_known_);
  const bool counted =
      look_for_leak(counted_leak_, static_cast<std::int64_t>(counted_bytes), moment, counted_leak_known_);
  return grows || counted;
}

void MemoryState::note_alert(MemoryAlertType kind, MemoryMoment moment) noexcept {
  // The same alert twice at a time says no more than once.
  const MemoryAlert* const last = alert_count_ == 0 ? nullptr : &alerts_[(alert_count_ - 1) % alerts_.size()];
  if (last != nullptr && last->type == kind && last->iteration == moment.iteration) return;
  alerts_[alert_count_++ % alerts_.size()] = {kind, static_cast<double>(newest_.resident) / mebibyte,
                                              static_cast<double>(newest_.resident - track_.initial()) / mebibyte,
                                              moment.iteration, moment.seconds};
}

void MemoryState::note_action(MemoryActionKind kind, MemoryMoment moment, std::uint64_t freed_bytes,
                              std::int64_t left) noexcept {
  MemoryActionTotal& total = totals_[static_cast<std::size_t>(kind)];
  ++total.count;
  total.freed_bytes += freed_bytes;
  // What is returned to the system was free before.
  gave_up_any_ = gave_up_any_ || (kind != MemoryActionKind::release_memory && kind != MemoryActionKind::stop);
  actions_[action_count_++ % actions_.size()] = {kind, level(), moment.iteration, moment.seconds, freed_bytes, left};
}

std::vector<MemoryAlert> MemoryState::alerts(std::optional<MemoryAlertType> wanted) const {
  std::vector<MemoryAlert> found = in_order(alerts_, alert_count_);
  if (wanted) std::erase_if(found, [&](const MemoryAlert& alert) { return alert.type != *wanted; });
  return found;
}

std::vector<MemoryAction> MemoryState::actions() const { return in_order(actions_, action_count_); }

const MemoryActionTotal& MemoryState::total(MemoryActionKind kind) const noexcept {
  return totals_[static_cast<std::size_t>(kind)];
}

void MemoryState::reset_tracking() noexcept {
  const double seconds = 0;
  MemoryTrack track(config_.trend_window_seconds);
  track.record(seconds, newest_.resident);
  track_ = track;
  resident_leak_.clear();
  counted_leak_.clear();
  resident_leak_known_ = counted_leak_known_ = false;
  tracked_ = 0;
  last_cleanup_ = -1;
  alert_count_ = 0;
  action_count_ = 0;
  totals_ = {};
}

std::size_t MemoryState::size_in_bytes() const noexcept {
  return sizeof *this + track_.size_in_bytes() + resident_leak_.size_in_bytes() + counted_leak_.size_in_bytes() +
         alerts_.capacity() * sizeof(MemoryAlert) + actions_.capacity() * sizeof(MemoryAction);
}

std::unique_ptr<ObjectVariable> MemoryState::clone() const { return std::make_unique<MemoryState>(*this); }

void MemoryState::save(StateWriter& writer) const {
  save_config(writer, config_);
  writer.integer(configured_ ? 1 : 0);
  resident_.save(writer);
  address_space_.save(writer);
  track_.save(writer);
  resident_leak_.save(writer);
  counted_leak_.save(writer);
  for (const std::uint64_t number :
       {std::uint64_t{resident_leak_known_}, std::uint64_t{counted_leak_known_}, tracked_, counted_bytes_,
        static_cast<std::uint64_t>(newest_.resident), static_cast<std::uint64_t>(newest_.address_space),
        static_cast<std::uint64_t>(last_check_), static_cast<std::uint64_t>(last_cleanup_),
        static_cast<std::uint64_t>(last_release_), static_cast<std::uint64_t>(cleaned_level_),
        std::uint64_t{gave_up_any_}, std::uint64_t{evaluation_rows_}}) {
    writer.integer(number);
  }
  writer.integer(alert_count_);
  for (const MemoryAlert& alert : alerts()) save_alert(writer, alert);
  writer.integer(action_count_);
  for (const MemoryAction& action : actions()) save_action(writer, action);
  for (const MemoryActionTotal& total : totals_) {
    writer.integer(total.count);
    writer.integer(total.freed_bytes);
  }
}

void MemoryState::load(StateReader& reader) {
  MemoryState read;
  read.config_ = load_config(reader);
  if (read.config_.max_alerts < 1 || read.config_.max_alerts > 10000) {
    throw std::runtime_error("the number of alerts makes no sense");
  }
  read.alerts_.resize(static_cast<std::size_t>(read.config_.max_alerts));
  read.configured_ = reader.integer() != 0;
  read.resident_.load(reader);
  read.address_space_.load(reader);
  read.track_.load(reader);
  read.resident_leak_.load(reader);
  read.counted_leak_.load(reader);
  read.resident_leak_known_ = reader.integer() != 0;
  read.counted_leak_known_ = reader.integer() != 0;
  read.tracked_ = reader.integer();
  read.counted_bytes_ = reader.integer();
  for (std::int64_t* number : {&read.newest_.resident, &read.newest_.address_space, &read.last_check_,
                               &read.last_cleanup_, &read.last_release_}) {
    *number = static_cast<std::int64_t>(reader.integer());
  }
  const std::uint64_t level = reader.integer();
  if (level > 3) throw std::runtime_error("a level of memory makes no sense");
  read.cleaned_level_ = static_cast<MemoryLevel>(level);
  read.gave_up_any_ = reader.integer() != 0;
  read.evaluation_rows_ = static_cast<std::size_t>(reader.integer());
  read.alert_count_ = reader.integer();
  const auto first = [](std::uint64_t count, std::size_t places) { return count > places ? count - places : 0; };
  for (std::uint64_t i = first(read.alert_count_, read.alerts_.size()); i < read.alert_count_; ++i) {
    read.alerts_[i % read.alerts_.size()] = load_alert(reader);
  }
  read.action_count_ = reader.integer();
  for (std::uint64_t i = first(read.action_count_, most_actions); i < read.action_count_; ++i) {
    read.actions_[i % most_actions] = load_action(reader);
  }
  for (MemoryActionTotal& total : read.totals_) {
    total.count = reader.integer();
    total.freed_bytes = reader.integer();
  }
  *this = std::move(read);
}

}  // namespace skein
