//! What the derives write that is the same for all types but for names.
//!
//! It is said by macros of this crate, because what a derive writes costs a compiler many times as
//! much: derives are built without optimization, and hand over token by token.

/// What all structures have besides their members; with `default`, also a `Default`.
#[doc(hidden)]
#[macro_export]
macro_rules! __structure {
    ($structure:ident default) => {
        $crate::__structure!($structure);

        impl ::core::default::Default for $structure {
            #[inline]
            fn default() -> Self {
                $crate::__private::Record::blank()
            }
        }
    };
    ($structure:ident) => {
        impl ::core::clone::Clone for $structure {
            #[inline]
            fn clone(&self) -> Self {
                $crate::__private::copy::record(self)
            }
        }

        impl ::core::fmt::Debug for $structure {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::__private::debug::record(self, f)
            }
        }

        impl ::core::cmp::PartialEq for $structure {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::__private::same::records(self, other)
            }
        }
    };
}

/// What all unions have besides their members, with the name of the variant for what the spec does
/// not know.
#[doc(hidden)]
#[macro_export]
macro_rules! __union {
    ($union:ident $unknown:ident) => {
        impl ::core::clone::Clone for $union {
            #[inline]
            fn clone(&self) -> Self {
                $crate::__private::copy::union(self)
            }
        }

        impl ::core::fmt::Debug for $union {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::__private::debug::union(self, f)
            }
        }

        impl ::core::cmp::PartialEq for $union {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::__private::same::unions(self, other)
            }
        }

        impl $crate::__private::Value for $union {
            #[inline]
            fn view(&self) -> $crate::__private::View<'_> {
                $crate::__private::View::Union(self)
            }

            #[inline]
            fn slot(&mut self) -> $crate::__private::Slot<'_> {
                $crate::__private::Slot::Union(self)
            }

            #[inline]
            fn clear(&mut self) {
                *self = $crate::__private::Empty::empty();
            }
        }

        impl $crate::__private::Empty for $union {
            #[inline]
            fn empty() -> Self {
                Self::$unknown($crate::__private::UnknownMember::new("", "", &[]))
            }
        }

        // A union that holds itself is behind a box. The crate that knows it for a union has to
        // say this: elsewhere it might be a structure, whose boxes have it already.
        impl $crate::__private::Value for ::std::boxed::Box<$union> {
            #[inline]
            fn view(&self) -> $crate::__private::View<'_> {
                $crate::__private::View::Union(&**self)
            }

            #[inline]
            fn slot(&mut self) -> $crate::__private::Slot<'_> {
                $crate::__private::Slot::Union(&mut **self)
            }

            #[inline]
            fn clear(&mut self) {
                **self = $crate::__private::Empty::empty();
            }
        }

        impl $crate::__private::Empty for ::std::boxed::Box<$union> {
            #[inline]
            fn empty() -> Self {
                Self::new($crate::__private::Empty::empty())
            }
        }
    };
}

/// What all enums have besides their values, with the name of the variant for what the spec does not
/// know.
#[doc(hidden)]
#[macro_export]
macro_rules! __enum {
    ($enum:ident) => {
        impl ::core::clone::Clone for $enum {
            #[inline]
            fn clone(&self) -> Self {
                $crate::__private::choice::copy(self)
            }
        }

        impl ::core::cmp::PartialEq for $enum {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::__private::choice::same(self, other)
            }
        }

        impl ::core::cmp::Eq for $enum {}

        impl ::core::hash::Hash for $enum {
            #[inline]
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                $crate::__private::choice::hash(self, state);
            }
        }

        impl ::core::fmt::Display for $enum {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::core::fmt::Debug for $enum {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(self.as_str(), f)
            }
        }

        impl ::core::convert::From<&str> for $enum {
            #[inline]
            fn from(text: &str) -> Self {
                $crate::__private::choice::from(text)
            }
        }

        impl $crate::__private::Value for $enum {
            #[inline]
            fn view(&self) -> $crate::__private::View<'_> {
                $crate::__private::View::String(self.as_str())
            }

            #[inline]
            fn slot(&mut self) -> $crate::__private::Slot<'_> {
                $crate::__private::Slot::Enum(self)
            }

            #[inline]
            fn clear(&mut self) {
                *self = $crate::__private::choice::empty();
            }
        }

        impl $crate::__private::Empty for $enum {
            #[inline]
            fn empty() -> Self {
                $crate::__private::choice::empty()
            }
        }
    };
}

/// The ways to a builder, with what is said of the one of its type.
#[doc(hidden)]
#[macro_export]
macro_rules! __build {
    ($vis:vis $type:ident $builder:ident $docs:literal) => {
        impl $type {
            #[doc = $docs]
            #[inline]
            #[allow(dead_code)]
            $vis fn builder() -> $builder<()> {
                <Self as $crate::__private::Build>::start(())
            }
        }

        impl $crate::__private::Build for $type {
            type Builder<C> = $builder<C>;

            fn start<C>(purpose: C) -> $builder<C> {
                $builder {
                    purpose,
                    value: $crate::__private::Empty::empty(),
                    set: $crate::__private::PhantomData,
                }
            }
        }
    };
}
