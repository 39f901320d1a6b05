// PortViews: what the ports of one step show, built once per frame.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "plan/plan.hpp"
#include "skein/view.hpp"

namespace skein {

struct ChildFrames;
struct Frame;
struct Population;
class Slot;

class PortViews {
 public:
  PortViews() = default;
  /// `show_shadow`: out ports show the shadow of their variable.
  PortViews(const PlanStep& step, Frame& frame, bool show_shadow);

  /// Brings row counts, objects and frames up to date. The result stays at its address.
  const PortView* refresh() noexcept;

  [[nodiscard]] std::span<const PortView> ports() const noexcept { return ports_; }

  /// Bytes of scratch that one worker needs for a row group.
  [[nodiscard]] std::size_t scratch_bytes() const noexcept { return scratch_bytes_; }
  [[nodiscard]] std::size_t scratch_part_count() const noexcept { return scratch_parts_; }
  /// Copies the views to `ports`, with scratch parts (put into `parts`) that lie in `memory`.
  void place_scratch(PortView* ports, ColumnView* parts, std::byte* memory) const noexcept;

 private:
  /// What a view follows: a variable or a population of a frame, of which there may be several.
  struct Source {
    PortView* view = nullptr;
    const Frame* frame = nullptr;  ///< null when it is frame `instance` of `frames`
    const ChildFrames* frames = nullptr;
    std::size_t instance = 0;
    std::size_t variable = no_index;  ///< no_index for a population
    std::size_t population = no_index;
  };
  struct ScratchPort {
    std::size_t port = 0;
    std::vector<ColumnView> parts;
    std::vector<std::size_t> offsets;
  };

  void show(PortView& view, const PlanBinding& binding, Frame& frame, bool shadow);
  void show_variable(PortView& view, std::size_t variable, const Frame& frame, bool shadow);
  void show_children(PortView& view, const PlanBinding& binding, const Frame& frame);
  void add_scratch(std::size_t port, const PlanBinding& binding, std::size_t rows);
  PortView* make_members(PortView& view, std::size_t count);
  static void update(const Source& source) noexcept;

  std::vector<PortView> ports_;
  std::vector<std::unique_ptr<PortView[]>> members_;
  std::vector<Source> sources_;
  std::vector<ScratchPort> scratch_ports_;
  std::size_t scratch_bytes_ = 0;
  std::size_t scratch_parts_ = 0;
};

}  // namespace skein
