#include "operators/memory/all.hpp"
#include "skein/memory_tracker.hpp"
#include "skein/operator.hpp"
#include "skein/run_memory.hpp"

namespace skein {
namespace {

/// resident, address_space <- bytes of this process that are in memory, and bytes of its addresses, as the kernel
/// counts them (/proc/self/statm).
///
/// Where that cannot be read, resident is what the run itself holds, as read_counted_memory gives it, and address_space
/// is -1. What depends on it does not repeat. Cost: about 2 µs.
struct ReadResidentMemory {
  static constexpr std::string_view name = "read_resident_memory";
  static constexpr std::string_view summary = "asks the system how much memory the process uses";
  static constexpr auto roles = std::array<std::string_view, 1>{"memory_source"};
  static constexpr bool repeatable = false;

  struct Ports {
    Out<std::int64_t> resident, address_space;
  };
  static constexpr auto ports = std::tuple{
      out("resident", &Ports::resident, "integer", "bytes in use").unit("B"),
      out("address_space", &Ports::address_space, "integer", "bytes of addresses in use; -1: not known").unit("B")};

  static void run(const Ports& io, StepContext& context) noexcept {
    const MemoryReading reading = read_process_memory();
    const bool is_known = reading.resident >= 0;
    io.resident.value() = is_known ? reading.resident : static_cast<std::int64_t>(context.memory().counted_bytes());
    io.address_space.value() = is_known ? reading.address_space : -1;
  }
};

}  // namespace

const OperatorTable& read_resident_memory_operator() { return operator_table<ReadResidentMemory>(); }

}  // namespace skein
