#include "skein/neighborhood.hpp"

#include <algorithm>
#include <stdexcept>

#include "skein/type.hpp"

namespace skein {
namespace {

/// New row of every old row, the lowest one where there are several; `no_row` for a row that left.
std::vector<std::uint32_t> new_rows_of(const RowMap& map) {
  std::vector<std::uint32_t> new_rows(map.old_count, no_row);
  for (std::size_t row = map.old_rows.size(); row-- > 0;) {
    if (map.old_rows[row] < map.old_count) new_rows[map.old_rows[row]] = static_cast<std::uint32_t>(row);
  }
  return new_rows;
}

}  // namespace

void Neighborhood::set_complete() noexcept {
  form_ = Form::complete;
  offsets_.clear();
  informants_.clear();
  group_of_row_.clear();
}

void Neighborhood::set_ring(std::size_t radius) noexcept {
  set_complete();
  form_ = Form::ring;
  radius_ = std::max<std::size_t>(radius, 1);
}

void Neighborhood::set_lattice(std::size_t columns) noexcept {
  set_complete();
  form_ = Form::lattice;
  columns_ = std::max<std::size_t>(columns, 1);
}

void Neighborhood::set_rows(std::span<const std::vector<std::uint32_t>> informants) {
  std::size_t most = 0;
  for (const auto& list : informants) {
    const auto outside = [&](std::uint32_t row) { return row >= informants.size(); };
    if (std::ranges::any_of(list, outside)) throw std::invalid_argument("an informant is no row of the swarm");
    most = std::max(most, list.size());
  }
  set_rows(informants.size(), most, [&](std::size_t row, InformantList& list) {
    for (const std::uint32_t informant : informants[row]) list.add(informant);
  });
}

void Neighborhood::start_lists(Form form, std::size_t count, std::size_t most) {
  // All memory first: when there is none, nothing has changed.
  offsets_.reserve(count + 2);
  informants_.reserve(count * (most + 1));
  if (form == Form::groups) group_of_row_.reserve(count);
  set_complete();
  form_ = form;
  offsets_.push_back(0);
}

void Neighborhood::end_list() {
  const auto begin = informants_.begin() + static_cast<std::ptrdiff_t>(offsets_.back());
  std::sort(begin, informants_.end());
  informants_.erase(std::unique(begin, informants_.end()), informants_.end());
  offsets_.push_back(informants_.size());
}

void Neighborhood::number_groups() {
  group_of_row_.assign(informants_.size(), 0);
  for (std::size_t index = 0; index < group_count(); ++index) {
    const auto begin = informants_.begin();
    std::sort(begin + static_cast<std::ptrdiff_t>(offsets_[index]),
              begin + static_cast<std::ptrdiff_t>(offsets_[index + 1]));
    for (const std::uint32_t member : group(index)) group_of_row_[member] = static_cast<std::uint32_t>(index);
  }
}

std::size_t Neighborhood::informants_of(std::size_t row, std::size_t count) const noexcept {
  switch (form_) {
    case Form::complete:
      return count;
    case Form::ring:
      return std::min(count, 2 * radius_ + 1);
    case Form::groups:
      return group(group_of_row_[row]).size();
    case Form::rows:
      return offsets_[row + 1] - offsets_[row];
    case Form::lattice:
      break;
  }
  std::size_t informants = 0;
  for_each_informant(row, count, [&](std::size_t) { ++informants; });
  return informants;
}

std::size_t lattice_columns(std::size_t count) noexcept {
  std::size_t rows = 1;
  for (std::size_t divisor = 2; divisor <= count / divisor; ++divisor) {
    if (count % divisor == 0) rows = divisor;
  }
  return std::max<std::size_t>(count, 1) / rows;
}

std::size_t Neighborhood::size_in_bytes() const noexcept {
  return sizeof *this + offsets_.capacity() * sizeof(std::size_t) +
         (informants_.capacity() + group_of_row_.capacity()) * sizeof(std::uint32_t);
}

std::unique_ptr<ObjectVariable> Neighborhood::clone() const { return std::make_unique<Neighborhood>(*this); }

void Neighborhood::save(StateWriter& writer) const {
  writer.integer(static_cast<std::uint64_t>(form_));
  writer.integer(form_ == Form::lattice ? columns_ : radius_);
  if (form_ != Form::rows && form_ != Form::groups) return;
  writer.integer(offsets_.size() - 1);
  for (std::size_t list = 0; list + 1 < offsets_.size(); ++list) {
    const std::size_t count = offsets_[list + 1] - offsets_[list];
    writer.integer(count);
    writer.bytes(informants_.data() + offsets_[list], count * sizeof(std::uint32_t));
  }
}

void Neighborhood::load(StateReader& reader) {
  const std::uint64_t form = reader.integer();
  const auto number = static_cast<std::size_t>(reader.integer());
  if (form > static_cast<std::uint64_t>(Form::groups)) throw std::runtime_error("unknown form of a neighbourhood");
  switch (static_cast<Form>(form)) {
    case Form::complete:
      return set_complete();
    case Form::ring:
      return set_ring(number);
    case Form::lattice:
      return set_lattice(number);
    case Form::rows:
    case Form::groups:
      return load_lists(static_cast<Form>(form), reader);
  }
}

void Neighborhood::load_lists(Form form, StateReader& reader) {
  const std::uint64_t lists = reader.integer();
  if (lists > reader.remaining() / sizeof lists) throw std::runtime_error("a neighbourhood is cut short");
  std::vector<std::vector<std::uint32_t>> informants(static_cast<std::size_t>(lists));
  std::size_t rows = 0;
  for (auto& list : informants) {
    const std::uint64_t count = reader.integer();
    if (count > reader.remaining() / sizeof(std::uint32_t)) {
      throw std::runtime_error("a neighbourhood has a list that is too long");
    }
    list.resize(static_cast<std::size_t>(count));
    reader.bytes(list.data(), list.size() * sizeof(std::uint32_t));
    rows += list.size();
  }
  if (form == Form::rows) return set_rows(informants);
  set_group_lists(informants, rows);
}

void Neighborhood::set_group_lists(std::span<const std::vector<std::uint32_t>> groups, std::size_t rows) {
  start_lists(Form::groups, rows, 0);
  std::vector<bool> is_member(rows);
  for (const auto& members : groups) {
    for (const std::uint32_t member : members) {
      if (member >= rows || is_member[member]) throw std::runtime_error("the groups of a neighbourhood overlap");
      is_member[member] = true;
    }
    informants_.insert(informants_.end(), members.begin(), members.end());
    offsets_.push_back(informants_.size());
  }
  number_groups();
}

void Neighborhood::rows_changed(const RowMap& map) {
  const std::size_t rows = map.old_rows.size();
  if (form_ == Form::lattice && rows % columns_ != 0) set_lattice(lattice_columns(rows));
  if (form_ == Form::groups) return regroup(map);
  if (form_ != Form::rows) return;
  const std::vector<std::uint32_t> new_rows = new_rows_of(map);
  std::vector<std::vector<std::uint32_t>> informants(rows);
  for (std::size_t row = 0; row < informants.size(); ++row) {
    const std::size_t old_row = map.old_rows[row];
    if (old_row >= map.old_count || old_row + 1 >= offsets_.size()) continue;
    for (std::size_t edge = offsets_[old_row]; edge < offsets_[old_row + 1]; ++edge) {
      const std::uint32_t old_informant = informants_[edge];
      const std::uint32_t informant = old_informant < new_rows.size() ? new_rows[old_informant] : no_row;
      if (informant != no_row) informants[row].push_back(informant);
    }
  }
  set_rows(informants);
}

void Neighborhood::regroup(const RowMap& map) {
  std::vector<std::vector<std::uint32_t>> groups(group_count());
  for (std::size_t row = 0; row < map.old_rows.size(); ++row) {
    const std::size_t old_row = map.old_rows[row];
    const bool is_fresh = old_row >= map.old_count || old_row >= group_of_row_.size();
    if (is_fresh) groups.emplace_back();
    groups[is_fresh ? groups.size() - 1 : group_of_row_[old_row]].push_back(static_cast<std::uint32_t>(row));
  }
  std::erase_if(groups, [](const auto& members) { return members.empty(); });
  set_group_lists(groups, map.old_rows.size());
}

}  // namespace skein
