#include "skein/memory_state.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>

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
  if (kind > static_cast<std::uint64_t>(MemoryActionKind::restore_batch) || level > 3) {
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
  constexpr std::array<std::string_view, 7> names = {
      "thin_histories", "reduce_archive", "release_memory", "reduce_batch", "reduce_swarm", "stop", "restore_batch"};
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

bool MemoryState::is_of_another_process(const MemoryReading& reading) const noexcept {
  // What the run counts itself is the same in every process.
  return configured_ && is_loaded_ && !(reading.is_counted() && newest_.is_counted());
}

void MemoryState::measure_again(const MemoryReading& reading, std::int64_t can_be_given_up, const MemoryLimit& limit,
                                MemoryMoment moment) noexcept {
  const auto given = static_cast<std::int64_t>(config_.limit_mb * mebibyte);
  const auto levels = [&](std::int64_t base, std::int64_t bound, bool thresholds) {
    const MemoryLevels above(config_, base, bound, thresholds);
    return above.entry(MemoryLevel::warning) > base ? above : MemoryLevels(config_, 0, bound, thresholds);
  };
  const std::int64_t resident = std::max<std::int64_t>(reading.resident, 0);
  resident_ = levels(resident - std::clamp<std::int64_t>(can_be_given_up, 0, resident),
                     given > 0 ? given : limit.resident, config_.has_thresholds());
  address_space_ = levels(std::max<std::int64_t>(reading.address_space, 0),
                          reading.address_space < 0 ? -1 : limit.address_space, false);
  track_.restart(moment.seconds, reading.resident);
  forget_leaks();
  newest_ = reading;
  cleaned_level_ = MemoryLevel::normal;
  is_loaded_ = false;
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
  is_loaded_ = is_of_another_process(reading);
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
    track_.begin_cleanup();
  }
  if (demand.release) last_release_ = moment.iteration;
  if (now == MemoryLevel::normal && moment.iteration - last_cleanup_ >= config_.cleanup_frequency)
    restore_batch(moment);
  return demand;
}

void MemoryState::restore_batch(MemoryMoment moment) noexcept {
  if (evaluation_rows_ == 0) return;
  const std::size_t more = std::min(2 * evaluation_rows_, all_evaluation_rows_);
  evaluation_rows_ = more < all_evaluation_rows_ ? more : 0;
  note_action(MemoryActionKind::restore_batch, moment, 0, static_cast<std::int64_t>(more));
}

void MemoryState::set_evaluation_rows(std::size_t rows, std::size_t all) noexcept {
  if (evaluation_rows_ == 0) all_evaluation_rows_ = all;
  evaluation_rows_ = rows;
}

bool MemoryState::reaches(MemoryLevel level) const noexcept {
  const auto is_reached = [&](const MemoryLevels& levels, std::int64_t bytes) {
    return bytes >= 0 && bytes >= levels.entry(level);
  };
  return configured_ && (level == MemoryLevel::normal || is_reached(resident_, newest_.resident) ||
                         is_reached(address_space_, newest_.address_space));
}

bool MemoryState::is_exhausted() const noexcept { return !gave_up_any_ && reaches(MemoryLevel::emergency); }

bool MemoryState::begins(Condition& condition, bool holds) const noexcept {
  if (holds) {
    condition.absent = 0;
    return !std::exchange(condition.is_known, true);
  }
  if (++condition.absent >= static_cast<std::uint64_t>(config_.leak_window)) condition.is_known = false;
  return false;
}

bool MemoryState::track(const MemoryReading& reading, std::uint64_t counted_bytes, MemoryMoment moment) noexcept {
  counted_bytes_ = counted_bytes;
  if (++tracked_ <= checks_to_warm_up) return false;
  bool leaks = false;
  bool steps = false;
  const auto look = [&](LeakDetector& detector, std::int64_t bytes) {
    if (bytes < 0) return;
    detector.add(moment.iteration, bytes);
    leaks |= detector.leaks(config_.leak_slope_kb * 1024);
    steps |= static_cast<double>(detector.step()) > config_.leak_step_mb * mebibyte;
  };
  look(resident_leak_, reading.resident);
  look(counted_leak_, static_cast<std::int64_t>(counted_bytes));
  const bool new_leak = begins(leak_, leaks);
  const bool new_step = begins(step_, steps);
  if (new_leak) note_alert(MemoryAlertType::leak, moment);
  if (new_step) note_alert(MemoryAlertType::step, moment);
  return new_leak || new_step;
}

bool MemoryState::begin_leak_cleanup(MemoryMoment moment) noexcept {
  const bool is_due = last_cleanup_ < 0 || moment.iteration - last_cleanup_ >= config_.cleanup_frequency;
  if (!config_.enable_automatic_cleanup || !is_due) return false;
  last_cleanup_ = last_release_ = moment.iteration;
  gave_up_any_ = false;
  track_.begin_cleanup();
  return true;
}

void MemoryState::note_recovery(const MemoryReading& reading, const MemoryRecovered& given_up,
                                MemoryMoment moment) noexcept {
  if (reading.resident >= 0) newest_ = reading;
  track_.record(moment.seconds, reading.resident);
  note_alert(MemoryAlertType::memory_emergency, moment);
  const auto add = [&](MemoryActionKind kind, std::uint64_t freed) {
    if (freed != 0) add_action({kind, MemoryLevel::emergency, moment.iteration, moment.seconds, freed, -1});
  };
  add(MemoryActionKind::thin_histories, given_up.histories);
  add(MemoryActionKind::reduce_archive, given_up.archives);
  add(MemoryActionKind::release_memory, given_up.released);
  last_cleanup_ = last_release_ = moment.iteration;
  track_.record_cleanup();
}

void MemoryState::note_stop(MemoryMoment moment) noexcept {
  note_alert(MemoryAlertType::stop, moment);
  add_action({MemoryActionKind::stop, MemoryLevel::emergency, moment.iteration, moment.seconds, 0, -1});
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
  // What is returned to the system was free before.
  constexpr auto first_that_gives_up_nothing = MemoryActionKind::stop;
  gave_up_any_ |= kind != MemoryActionKind::release_memory && kind < first_that_gives_up_nothing;
  add_action({kind, level(), moment.iteration, moment.seconds, freed_bytes, left});
}

void MemoryState::add_action(const MemoryAction& action) noexcept {
  MemoryActionTotal& total = totals_[static_cast<std::size_t>(action.kind)];
  ++total.count;
  total.freed_bytes += action.freed_bytes;
  actions_[action_count_++ % actions_.size()] = action;
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

void MemoryState::forget_leaks() noexcept {
  resident_leak_.clear();
  counted_leak_.clear();
  leak_ = step_ = {};
  tracked_ = 0;
}

void MemoryState::reset_tracking(double seconds, const MemoryReading& reading) noexcept {
  if (reading.resident >= 0) newest_ = reading;
  track_.restart(seconds, newest_.resident);
  forget_leaks();
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
       {std::uint64_t{leak_.is_known}, leak_.absent, std::uint64_t{step_.is_known}, step_.absent, tracked_,
        counted_bytes_, static_cast<std::uint64_t>(newest_.resident), static_cast<std::uint64_t>(newest_.address_space),
        static_cast<std::uint64_t>(last_check_), static_cast<std::uint64_t>(last_cleanup_),
        static_cast<std::uint64_t>(last_release_), static_cast<std::uint64_t>(cleaned_level_),
        std::uint64_t{gave_up_any_}, std::uint64_t{evaluation_rows_}, std::uint64_t{all_evaluation_rows_}}) {
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
  for (Condition* condition : {&read.leak_, &read.step_}) {
    condition->is_known = reader.integer() != 0;
    condition->absent = reader.integer();
  }
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
  read.all_evaluation_rows_ = static_cast<std::size_t>(reader.integer());
  read.is_loaded_ = true;
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
