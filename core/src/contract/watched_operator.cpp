#include "contract/watched_operator.hpp"

#include <cstddef>
#include <memory>

#include "math/floating_point_state.hpp"

namespace skein {

/// Compares the state at its end with that at its beginning, also when the call throws.
struct WatchedOperator::Watch {
  explicit Watch(WatchedOperator& given) : watched(given) {}
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;
  ~Watch() {
    if (state.restore()) watched.has_changed_ = true;
  }

  WatchedOperator& watched;
  FloatingPointState state;
};

/// What the original has prepared, and whose calls these are. The calls of the table get this and hand it on.
struct WatchedOperator::Prepared {
  WatchedOperator& watched;
  void* data;
  ElementKernel kernel = nullptr;

  [[nodiscard]] const OperatorTable& original() const noexcept { return watched.original_; }
  static const Prepared& of(const void* prepared) noexcept { return *static_cast<const Prepared*>(prepared); }

  static void* prepare(const PrepareInput& given, Diagnostics& diagnostics) {
    auto& watched = *static_cast<WatchedOperator*>(const_cast<void*>(given.user));
    const OperatorTable& original = watched.original_;
    const Watch watch(watched);
    PrepareInput input = given;
    input.user = original.user;
    void* const data = original.prepare(input, diagnostics);
    if (diagnostics.has_errors()) return nullptr;
    return new Prepared{watched, data, original.element_kernel == nullptr ? nullptr : original.element_kernel(data)};
  }

  static void destroy(void* prepared) {
    const std::unique_ptr<Prepared> self(static_cast<Prepared*>(prepared));
    self->original().destroy_prepared(self->data);
  }

  static void* create_resource(const void* prepared) {
    const Prepared& self = of(prepared);
    const Watch watch(self.watched);
    return self.original().create_resource(self.data);
  }

  static void run_rows(const void* prepared, const PortView* ports, RowContext& context) {
    const Prepared& self = of(prepared);
    const Watch watch(self.watched);
    self.original().run_rows(self.data, ports, context);
  }

  static ElementKernel element_kernel(const void* /*prepared*/) {
    return [](const void* prepared, const ElementPort* ports, std::size_t first, std::size_t count) {
      const Prepared& self = of(prepared);
      const Watch watch(self.watched);
      self.kernel(self.data, ports, first, count);
    };
  }

  static std::size_t partial_bytes(const void* prepared, const PortView* ports) {
    const Prepared& self = of(prepared);
    return self.original().partial_bytes(self.data, ports);
  }

  static void map(const void* prepared, const PortView* ports, RowContext& context, std::byte* partial) {
    const Prepared& self = of(prepared);
    const Watch watch(self.watched);
    self.original().map(self.data, ports, context, partial);
  }

  static void combine(const void* prepared, std::byte* into, const std::byte* later) {
    const Prepared& self = of(prepared);
    const Watch watch(self.watched);
    self.original().combine(self.data, into, later);
  }

  static void finish(const void* prepared, const PortView* ports, const std::byte* total) {
    const Prepared& self = of(prepared);
    const Watch watch(self.watched);
    self.original().finish(self.data, ports, total);
  }

  static StepOutcome run_step(const void* prepared, const PortView* ports, StepContext& context) {
    const Prepared& self = of(prepared);
    const Watch watch(self.watched);
    return self.original().run_step(self.data, ports, context);
  }
};

WatchedOperator::WatchedOperator(const OperatorTable& table) : original_(table), table_(table) {
  table_.user = this;
  table_.prepare = &Prepared::prepare;
  table_.destroy_prepared = &Prepared::destroy;
  const auto watch = [](auto& function, auto replacement) {
    if (function != nullptr) function = replacement;
  };
  watch(table_.create_resource, &Prepared::create_resource);
  watch(table_.run_rows, &Prepared::run_rows);
  watch(table_.element_kernel, &Prepared::element_kernel);
  watch(table_.partial_bytes, &Prepared::partial_bytes);
  watch(table_.map, &Prepared::map);
  watch(table_.combine, &Prepared::combine);
  watch(table_.finish, &Prepared::finish);
  watch(table_.run_step, &Prepared::run_step);
}

}  // namespace skein
