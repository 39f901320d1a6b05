#include "skein/thread_limit.hpp"

#include <tbb/global_control.h>

#include <algorithm>

namespace skein {

struct ThreadLimit::Control {
  tbb::global_control control;
};

ThreadLimit::ThreadLimit(std::size_t threads)
    : control_(new Control{
          tbb::global_control(tbb::global_control::max_allowed_parallelism, std::max<std::size_t>(threads, 1))}) {}

ThreadLimit::~ThreadLimit() = default;

}  // namespace skein
