//! Bodies out of files and readers, and how far they are.

use super::given;
use crate::ByteStream;
use std::io::{self, Read, Write};
use std::sync::{Arc, Mutex, mpsc};

/// A file that is gone at the end.
struct File(std::path::PathBuf);

impl File {
    fn new(name: &str, bytes: &[u8]) -> Self {
        let name = format!("typefoundry-{}-{name}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, bytes).unwrap();
        Self(path)
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[tokio::test]
async fn a_file_is_read_as_often_as_one_likes() {
    let bytes: Vec<u8> = (0..200_000_u32).map(|n| n.to_le_bytes()[0]).collect();
    let file = File::new("again", &bytes);
    let stream = ByteStream::from_path(&file.0).unwrap();
    assert_eq!((stream.length(), stream.as_bytes()), (Some(200_000), None));
    let again = stream.again().unwrap();
    assert_eq!(stream.collect().await.unwrap(), bytes);
    // What is added later is not part of it.
    let mut more = std::fs::OpenOptions::new().append(true).open(&file.0).unwrap();
    more.write_all(b"more").unwrap();
    assert_eq!(again.collect().await.unwrap(), bytes);
}

#[tokio::test]
async fn a_file_that_changes_breaks_the_stream() {
    let file = File::new("shorter", b"abcdef");
    let stream = ByteStream::from_path(&file.0).unwrap();
    std::fs::write(&file.0, b"abc").unwrap();
    let again = stream.again().unwrap();
    let error = stream.collect().await.unwrap_err().to_string();
    assert_eq!(error, "the stream broke: the file had 6 bytes and has only 3 now");
    std::fs::remove_file(&file.0).unwrap();
    let error = again.collect().await.unwrap_err().to_string();
    assert!(error.contains("shorter: ") && error.contains("No such file"), "{error}");
}

#[test]
fn what_is_no_file_is_an_error_at_once() {
    let folder = std::env::temp_dir();
    assert_eq!(ByteStream::from_path(&folder).unwrap_err().kind(), io::ErrorKind::IsADirectory);
    let nothing = folder.join("typefoundry-there-is-no-such-file");
    let error = ByteStream::from_path(nothing).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::NotFound);
    assert!(error.to_string().contains("typefoundry-there-is-no-such-file: "), "{error}");
}

/// Tells when it is dropped.
struct Endless(mpsc::Sender<()>);

impl Read for Endless {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        into.fill(b'x');
        Ok(into.len())
    }
}

impl Drop for Endless {
    fn drop(&mut self) {
        let _ = self.0.send(());
    }
}

#[tokio::test]
async fn a_reader_is_read_once() {
    let stream = ByteStream::from_read(&b"abc"[..]);
    assert!(stream.again().is_none());
    assert_eq!(stream.collect().await.unwrap(), "abc");
    let (dropped, gone) = mpsc::channel();
    let mut endless = ByteStream::from_read(Endless(dropped));
    assert_eq!(endless.next().await.unwrap().unwrap().len(), 64 * 1024);
    drop(endless);
    // The thread ends with the stream.
    gone.recv().unwrap();
}

#[tokio::test]
async fn progress_is_told_with_each_piece() {
    let told = Arc::new(Mutex::new(Vec::new()));
    let tell = {
        let told = Arc::clone(&told);
        move |taken, total| told.lock().unwrap().push((taken, total))
    };
    let stream = ByteStream::from(vec![b'x'; 100_000]).on_progress(tell.clone());
    assert_eq!(stream.length(), Some(100_000));
    let again = stream.again().unwrap();
    assert_eq!(stream.collect().await.unwrap().len(), 100_000);
    let whole = [(65_536, Some(100_000)), (100_000, Some(100_000))];
    assert_eq!(std::mem::take(&mut *told.lock().unwrap()), whole);
    // Another attempt begins anew.
    assert_eq!(again.collect().await.unwrap().len(), 100_000);
    assert_eq!(std::mem::take(&mut *told.lock().unwrap()), whole);
    let broken = given(&["ab", "c"], Some("gone")).on_progress(tell);
    assert!(broken.again().is_none());
    assert!(broken.collect().await.is_err());
    assert_eq!(*told.lock().unwrap(), [(2, None), (3, None)]);
}

#[cfg(feature = "http-client")]
#[tokio::test]
async fn tokio_reads_it() {
    use std::pin::Pin;
    use tokio::io::{AsyncRead, ReadBuf};

    let mut reader = given(&["abc", "", "de"], Some("gone")).into_async_read();
    let mut read = Vec::new();
    let error = loop {
        let mut space = [0; 2];
        let mut into = ReadBuf::new(&mut space);
        let poll = std::future::poll_fn(|cx| Pin::new(&mut reader).poll_read(cx, &mut into)).await;
        match poll {
            Ok(()) => read.push(String::from_utf8(into.filled().to_vec()).unwrap()),
            Err(error) => break error,
        }
    };
    assert_eq!(read, ["ab", "c", "de"]);
    assert_eq!(error.to_string(), "the stream broke: gone");
}
