// What a run holds in memory: counted, visited, given up.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <string_view>
#include <vector>

#include "skein/object.hpp"
#include "skein/run.hpp"

namespace skein {

struct Engine;
struct Frame;

/// Evaluations that ran out of memory and were tried again; from any thread.
class Recoveries {
 public:
  void add(std::string_view path, std::uint64_t visit, std::uint64_t freed_bytes);
  [[nodiscard]] std::vector<MemoryRecovery> first() const;
  [[nodiscard]] std::uint64_t count() const noexcept;

 private:
  mutable std::mutex mutex_;
  std::vector<MemoryRecovery> first_;
  std::uint64_t count_ = 0;
};

/// Bytes of the frame and of the frames below it; of the root frame's, with the scratch memory of one thread.
[[nodiscard]] std::uint64_t counted_bytes(const Engine& engine, const Frame& frame) noexcept;

/// Calls `visit` for every object of the frame and of the frames below it.
void visit_objects(const Frame& frame, const std::function<void(std::string_view name, ObjectVariable&)>& visit);

/// Has objects of a type, or all for an empty name, give up what they can do without; returns the freed bytes.
std::uint64_t reduce_objects(const Frame& frame, std::string_view type);

/// Gives pages of scratch memory and of the allocator back; by how many bytes the process became smaller.
std::uint64_t release_memory(const Engine& engine, const Frame& frame) noexcept;

/// All of it, for an evaluation that ran out of memory. What the run knows of its memory (MemoryState) takes note of
/// it.
std::uint64_t give_up_memory(const Engine& engine, const Frame& frame);

/// Lets the run pause with the stop reason `memory`, and what it knows of its memory take note of that.
void pause_for_memory(Engine& engine, const Frame& frame);

}  // namespace skein
