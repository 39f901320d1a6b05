// Shelf: the entries of one kind in a registry, found by short or qualified name.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "skein/registry.hpp"

namespace skein {

template <class Content>
class Shelf {
 public:
  /// The qualified name must be new.
  void add(std::string plugin, std::string name, Content content) {
    const std::size_t index = entries_.size();
    entries_.push_back({std::move(plugin), std::move(name), std::move(content)});
    by_qualified_name_.emplace(entries_.back().qualified_name(), index);
    by_short_name_[entries_.back().name].push_back(index);
  }

  [[nodiscard]] bool contains(std::string_view qualified_name) const {
    return by_qualified_name_.find(qualified_name) != by_qualified_name_.end();
  }

  /// The content, or a null one when there is none or the short name is ambiguous.
  [[nodiscard]] const Content& find(std::string_view name) const {
    static const Content none{};
    if (name.find(':') != std::string_view::npos) {
      const auto found = by_qualified_name_.find(name);
      return found != by_qualified_name_.end() ? entries_[found->second].content : none;
    }
    const auto found = by_short_name_.find(name);
    const bool is_unique = found != by_short_name_.end() && found->second.size() == 1;
    return is_unique ? entries_[found->second.front()].content : none;
  }

  void append_candidates(std::string_view short_name, std::vector<std::string>& names) const {
    const auto found = by_short_name_.find(short_name);
    if (found == by_short_name_.end()) return;
    for (const std::size_t index : found->second) names.push_back(entries_[index].qualified_name());
  }

  [[nodiscard]] const std::vector<Registered<Content>>& entries() const noexcept { return entries_; }
  [[nodiscard]] std::vector<Registered<Content>> take_entries() && { return std::move(entries_); }

 private:
  std::vector<Registered<Content>> entries_;
  std::map<std::string, std::size_t, std::less<>> by_qualified_name_;
  std::map<std::string, std::vector<std::size_t>, std::less<>> by_short_name_;
};

}  // namespace skein
