# skein_add_layer(NAME [DIRECTORY dir] [INCLUDE dir...] [LINKS target...] [PRIVATE_INCLUDE dir...]
#                 [PRIVATE_LINKS target...] [PRIVATE_DEFINES NAME=value...] [EMBED file...])
#
# Makes the library skein_NAME (alias skein::NAME) of all .cpp files below DIRECTORY, which is the current folder unless
# given. A new source file needs no edit here. While a folder holds no source the library is an interface library, so that others can link it already.
function(skein_add_layer name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "DIRECTORY"
    "INCLUDE;LINKS;PRIVATE_INCLUDE;PRIVATE_LINKS;PRIVATE_DEFINES;EMBED")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "skein_add_layer(${name}): unknown arguments ${arg_UNPARSED_ARGUMENTS}")
  endif()

  if(NOT arg_DIRECTORY)
    set(arg_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
  endif()

  set(target skein_${name})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${arg_DIRECTORY}/*.cpp)
  if(sources OR arg_EMBED)
    add_library(${target} STATIC ${sources})
    set(public PUBLIC)
    target_include_directories(${target} PRIVATE ${arg_PRIVATE_INCLUDE})
    target_compile_definitions(${target} PRIVATE ${arg_PRIVATE_DEFINES})
    target_link_libraries(${target} PRIVATE ${arg_PRIVATE_LINKS} skein_warnings)
    skein_common_headers(${target})
    if(arg_EMBED)
      skein_embed(${target} ${arg_EMBED})
    endif()
  else()
    add_library(${target} INTERFACE)
    set(public INTERFACE)
  endif()
  target_include_directories(${target} ${public} ${arg_INCLUDE})
  target_link_libraries(${target} ${public} ${arg_LINKS})
  target_compile_features(${target} ${public} cxx_std_20)
  add_library(skein::${name} ALIAS ${target})

  # tests/architecture checks what these link, and their public headers.
  set_target_properties(${target} PROPERTIES SKEIN_DIRECTORY ${arg_DIRECTORY})
  set_property(GLOBAL APPEND PROPERTY SKEIN_LAYER_TARGETS ${target})
endfunction()

# skein_add_plugin(NAME [DIRECTORY dir] [LINKS target...])
#
# Makes the library skein_plugin_NAME of the folder's .cpp and .json files; the .json files are embedded (see
# SkeinEmbed.cmake). Public headers stand in include/skein/plugins/. LINKS names what it needs besides core and operators, for instance skein::problems.
function(skein_add_plugin name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "DIRECTORY" "LINKS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "skein_add_plugin(${name}): unknown arguments ${arg_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT arg_DIRECTORY)
    set(arg_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
  endif()
  file(GLOB_RECURSE documents CONFIGURE_DEPENDS ${arg_DIRECTORY}/*.json)
  skein_add_layer(plugin_${name}
    DIRECTORY ${arg_DIRECTORY}
    INCLUDE ${arg_DIRECTORY}/include
    PRIVATE_INCLUDE ${PROJECT_SOURCE_DIR}
    LINKS skein::core skein::operators ${arg_LINKS}
    EMBED ${documents})
endfunction()
