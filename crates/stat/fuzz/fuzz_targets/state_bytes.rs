//! State bytes from anywhere: refused or read, never a panic, and what is read can be used.
#![no_main]
use ferronum_stat::online::{CoMoments, Moments, OnlineState};
use libfuzzer_sys::fuzz_target;

fn exercise<S: OnlineState>(bytes: &[u8]) {
    if let Ok(mut state) = S::from_bytes(bytes) {
        let again = state.to_bytes();
        if let Ok(copy) = S::from_bytes(&again) {
            let _ = state.merge(&copy);
        }
        let _ = state.finish();
    }
}

fuzz_target!(|body: &[u8]| {
    // A right checksum lets the fuzzer get past it.
    let mut sealed = body.to_vec();
    sealed.extend(crc32(body).to_le_bytes());
    for bytes in [body, &sealed] {
        exercise::<Moments>(bytes);
        exercise::<CoMoments>(bytes);
    }
});

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { (c >> 1) ^ 0xedb8_8320 } else { c >> 1 })
    };
    !bytes.iter().fold(!0, step)
}
