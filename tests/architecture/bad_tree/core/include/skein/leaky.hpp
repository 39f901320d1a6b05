#pragma once
#include <boost/graph/adjacency_list.hpp>
#include <tbb/parallel_for.h>
#include <nlohmann/json_fwd.hpp>
#include "private.hpp"
