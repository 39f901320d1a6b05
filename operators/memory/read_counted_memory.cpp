#include "operators/memory/all.hpp"
#include "skein/operator.hpp"
#include "skein/run_memory.hpp"

namespace skein {
namespace {

/// resident <- bytes of Skein's own containers: rows in use of all columns, objects such as histories, scratch memory.
/// address_space <- -1.
///
/// The same on every machine and for any number of threads: scratch memory counts for one. Cost: about 5 ns per
/// variable of the run.
struct ReadCountedMemory {
  static constexpr std::string_view name = "read_counted_memory";
  static constexpr std::string_view summary = "counts how much memory the run itself holds";
  static constexpr auto roles = std::array<std::string_view, 1>{"memory_source"};

  struct Ports {
    Out<std::int64_t> resident, address_space;
  };
  static constexpr auto ports =
      std::tuple{out("resident", &Ports::resident, "integer", "bytes in use").unit("B"),
                 out("address_space", &Ports::address_space, "integer", "-1: not known").unit("B")};

  static void run(const Ports& io, StepContext& context) noexcept {
    io.resident.value() = static_cast<std::int64_t>(context.memory().counted_bytes());
    io.address_space.value() = -1;
  }
};

}  // namespace

const OperatorTable& read_counted_memory_operator() { return operator_table<ReadCountedMemory>(); }

}  // namespace skein
