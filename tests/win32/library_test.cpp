#include "win32/library.hpp"

#include <gtest/gtest.h>
#include <windows.h>

namespace iisdiag::win32 {
namespace {

TEST(LibraryTest, FindsAFunction) {
  const Library library(L"kernel32.dll");
  ASSERT_TRUE(library.is_loaded());
  const auto id = library.find<DWORD(WINAPI*)()>("GetCurrentProcessId");
  ASSERT_NE(id, nullptr);
  EXPECT_EQ(id(), ::GetCurrentProcessId());
}

TEST(LibraryTest, WhatIsNotThereIsNotFound) {
  const Library library(L"kernel32.dll");
  EXPECT_EQ(library.find<void (*)()>("NoSuchFunction"), nullptr);
  const Library none(L"no-such-library.dll");
  EXPECT_FALSE(none.is_loaded());
  EXPECT_EQ(none.find<void (*)()>("GetCurrentProcessId"), nullptr);
}

// A library of the current folder, or of any but the system's, is not Windows.
TEST(LibraryTest, LooksIntoTheSystemFolderOnly) {
  wchar_t folder[MAX_PATH];
  wchar_t old_folder[MAX_PATH];
  wchar_t source[MAX_PATH];
  ASSERT_NE(::GetCurrentDirectoryW(MAX_PATH, old_folder), 0U);
  ASSERT_NE(::GetTempPathW(MAX_PATH, folder), 0U);
  ASSERT_NE(::GetSystemDirectoryW(source, MAX_PATH), 0U);
  ASSERT_NE(::SetCurrentDirectoryW(folder), 0);
  const std::wstring name =
      L"iisdiag-" + std::to_wstring(::GetCurrentProcessId()) + L".dll";
  ASSERT_NE(::CopyFileW((std::wstring(source) + LR"(\version.dll)").c_str(),
                        name.c_str(), FALSE),
            0);
  EXPECT_FALSE(Library(name).is_loaded());
  EXPECT_TRUE(Library(L"version.dll").is_loaded());
  ::DeleteFileW(name.c_str());
  ::SetCurrentDirectoryW(old_folder);
}

}  // namespace
}  // namespace iisdiag::win32
